/** A CloudFormation template as checks read it. */

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A resource with the id that the template knows it by. */
export interface Found {
  readonly id: string;
  readonly is: Resource;
  readonly has: Readonly<Record<string, unknown>>;
}

export function resourcesOf(template: Template, type: string): readonly Found[] {
  return Object.entries(template.Resources).flatMap(([id, is]) =>
    is.Type === type ? [{ id, is, has: is.Properties ?? {} }] : [],
  );
}

/** The id of the resource that a value points at, wherever in it the pointer stands; null when there is none. */
export function pointedAt(value: unknown): string | null {
  const text = JSON.stringify(value ?? null);
  return /"Ref":"([A-Za-z0-9]+)"/.exec(text)?.[1] ?? /"Fn::GetAtt":\["([A-Za-z0-9]+)"/.exec(text)?.[1] ?? null;
}
