/** Looks into a schema for what may stand at a place: its keys, for the spelling of an unknown one. */
import type { z } from 'zod';
import type { FilePath } from '../core/file-node.ts';

type Schema = z.core.$ZodType;

/** The keys that a mapping at the path may have; none when it is no mapping, or one with any keys. */
export function keysAt(schema: Schema, path: FilePath): string[] {
  const reached = path.reduce<Schema[]>(
    (schemas, part) => schemas.flatMap((each) => step(each, part)),
    variants(schema),
  );
  return reached.flatMap((each) => Object.keys(shapeOf(each)));
}

function step(schema: Schema, part: string | number): Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return variants(def.element);
  if (def.type === 'record') return variants(def.valueType);
  const field = shapeOf(schema)[part];
  return field ? variants(field) : [];
}

function shapeOf(schema: Schema): Readonly<Record<string, Schema>> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'object' ? def.shape : {};
}

/** The schemas behind defaults, options and conversions: what the file itself is to look like. */
function variants(schema: Schema): Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
      return variants(def.innerType);
    case 'pipe':
      return variants(def.in);
    case 'union':
      return def.options.flatMap(variants);
    default:
      return [schema];
  }
}
