/** Discord's HTTP API as it is published: says of each request and each answer whether it is what the description allows. */
import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Schema = { [name: string]: unknown };
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly responses: Record<string, { readonly content: Content }>;
  };
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Operation {
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}

const described = JSON.parse(
  readFileSync(new URL('./discord-api.json', import.meta.url), 'utf8'),
) as Described;
const json = 'application/json';
const root = 'discord';

const ajv = new Ajv2020({ strict: false, allErrors: false, verbose: true });
addFormats.default(ajv);
ajv.addFormat('snowflake', /^(0|[1-9]\d{0,19})$/);
ajv.addFormat('nonce', true);

/** What is sent may have no field that is not described: Discord ignores it, and whoever sends it is mistaken. */
for (const name of schemasOfRequests()) {
  const schema = described.components.schemas[name];
  if (schema?.['properties'] && !schema['allOf'] && schema['additionalProperties'] === undefined) {
    schema['additionalProperties'] = false;
  }
}
ajv.addSchema({ $id: root, ...described });

const validators = new Map<string, ValidateFunction>();

export type Method = 'get' | 'post' | 'patch';

/** The path of the description for a path of a request; null: there is none that this channel may use. */
export function pathOf(method: Method, path: string): string | null {
  for (const [template, operations] of Object.entries(described.paths)) {
    if (!operations[method]) continue;
    const pattern = template.replace(/\{[a-z_]+\}/g, '[^/]+').replace(/[@$]/g, '\\$&');
    if (new RegExp(`^${pattern}$`).test(path)) return template;
  }
  return null;
}

/** What is wrong with the body of a request; null: nothing. */
export function faultOfRequest(method: Method, template: string, body: unknown): string | null {
  const content = described.paths[template]?.[method]?.requestBody?.content;
  if (content === undefined) return body === null ? null : `${method} ${template} takes no body`;
  return faultIn(`${method} ${template}`, content[json]?.schema, body);
}

/** What is wrong with an answer; null: nothing. */
export function faultOfAnswer(
  method: Method,
  template: string,
  status: number,
  body: unknown,
): string | null {
  const responses = described.paths[template]?.[method]?.responses ?? {};
  const response = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`];
  const what = `${status} of ${method} ${template}`;
  // What a server that fails says is not described.
  if (!response) return status >= 500 ? null : `${what} is not described`;
  const name = response.$ref?.split('/').at(-1);
  const { content } = name === undefined ? response : (described.components.responses[name] ?? {});
  if (content === undefined) return body === null ? null : `${what} has no body`;
  return faultIn(what, content[json]?.schema, body);
}

/** What is wrong with an object of that name, such as `MessageResponse`; null: nothing. */
export function faultOf(name: string, value: unknown): string | null {
  return faultIn(name, { $ref: `#/components/schemas/${name}` }, value);
}

function faultIn(what: string, schema: Schema | undefined, value: unknown): string | null {
  if (schema === undefined) return `${what} is not described as JSON`;
  const known = validators.get(what);
  const validate = known ?? ajv.compile(absolute(schema));
  validators.set(what, validate);
  if (validate(value)) return null;
  const [error] = [...(validate.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  const said = JSON.stringify(error?.data ?? null).slice(0, 200);
  return `${what}: ${error?.instancePath || '(the whole)'} ${error?.message} ${JSON.stringify(error?.params)}: ${said}`;
}

/** References of a part of the description, seen from outside. */
function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${root}#/components/`)) as Schema;
}

function schemasOfRequests(): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      look(described.components.schemas[name]);
    }
  };
  for (const operations of Object.values(described.paths)) {
    for (const { requestBody } of Object.values(operations)) if (requestBody) look(requestBody.content[json]);
  }
  return found;
}
