/** What a check of a template is, and what all of them need. */
import { type FunctionName, functions } from '../../../infra/topology.ts';
import { type Found, resourcesOf, type Template } from './template.ts';

/** Sentences about what is wrong; none when all is well. */
export type Check = (template: Template) => readonly string[];

export const names = Object.keys(functions) as FunctionName[];

export const idOf = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;

export const say = (isWrong: boolean, sentence: string): readonly string[] => (isWrong ? [sentence] : []);

export function functionOf(template: Template, name: FunctionName): Found {
  const found = resourcesOf(template, 'AWS::Lambda::Function').find(({ id }) => id.startsWith(`${idOf(name)}Function`));
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found;
}
