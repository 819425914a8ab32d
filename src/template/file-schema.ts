/** The JSON Schema of company and workflow files, for editors: made of the same schemas that read the files. */
import { z } from 'zod';
import { capabilitySchema, roleIdSchema } from '../core/ids.ts';
import { companyFileSchema } from '../core/org/company-file.ts';
import { builtinNames } from '../core/org/known-names.ts';
import { gateFileSchema, workflowFileSchema } from '../core/workflow/workflow-file.ts';

const schemas = {
  company: { schema: companyFileSchema, title: 'AgentCoord company' },
  workflow: { schema: workflowFileSchema, title: 'AgentCoord workflow' },
} as const;

export type FileKind = keyof typeof schemas;

export type FileSchema = z.core.JSONSchema.BaseSchema;

/** Draft 7, which the YAML support of every editor reads. What only the whole file tells (`agentcoord lint`) is not in it. */
export function fileSchema(kind: FileKind): FileSchema {
  const { schema, title } = schemas[kind];
  const made = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      const names = builtin.get(zodSchema) ?? builtin.get(zodSchema._zod.parent);
      if (names) suggest(jsonSchema, names);
      // That it names a role at least is a rule that zod can't turn into JSON Schema by itself.
      if (zodSchema === gateFileSchema.shape.requires) jsonSchema.minProperties = 1;
    },
  });
  return { title, ...made };
}

/** Names that every company has; a file may add others. */
const builtin: ReadonlyMap<unknown, ReadonlySet<string>> = new Map<unknown, ReadonlySet<string>>([
  [roleIdSchema, builtinNames.roles],
  [capabilitySchema, builtinNames.capabilities],
]);

/** An editor offers the names, and takes any other that is one. */
function suggest(schema: FileSchema, names: ReadonlySet<string>): void {
  const { type, pattern, minLength, maxLength, ...rest } = schema;
  if (type === undefined) return;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, rest, { anyOf: [{ enum: [...names] }, { type, pattern, minLength, maxLength }] });
}
