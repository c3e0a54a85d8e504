/**
 * Node's http for a bundle. A static import of it would read every name that it exports, and one of them loads Node's whole
 * WebSocket and fetch: 25 of the 150 ms that a function needed to start. Asked for like this, they stay where they are.
 */
const http = process.getBuiltinModule('node:http');

export default http;
export const { Agent, request, STATUS_CODES } = http;
