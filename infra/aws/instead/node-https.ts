/** Node's https for a bundle, which begins with Node's http: see beside. */
const https = process.getBuiltinModule('node:https');

export default https;
export const { Agent, request } = https;
