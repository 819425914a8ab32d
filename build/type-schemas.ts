/** Makes JSON Schema (draft 2020-12) of what a type of ours looks like once it has been through JSON. */
import ts from 'typescript';

type Schema = Readonly<Record<string, unknown>>;

const primitive =
  ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.Null;

export class TypeSchemas {
  readonly #checker: ts.TypeChecker;
  readonly #definitions = new Map<string, { type: ts.Type; schema: Schema }>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** Types that have a name, by that name. */
  get definitions(): Record<string, Schema> {
    return Object.fromEntries([...this.#definitions].map(([name, { schema }]) => [name, schema]).sort());
  }

  /** @throws Error - the type has a shape that JSON does not */
  of(type: ts.Type): Schema {
    const name = nameOf(type);
    if (name === null) return this.#shapeOf(type);
    const known = this.#definitions.get(name);
    if (known && known.type !== type) throw new Error(`two types of the contract are named ${name}`);
    if (!known) {
      const entry = { type, schema: {} as Schema };
      // Before its shape is read: it may lead back to itself.
      this.#definitions.set(name, entry);
      const symbol = type.aliasSymbol ?? type.symbol;
      const description = this.commentOf(symbol);
      entry.schema = { ...(description !== '' && { description }), ...this.#shapeOf(type) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  commentOf(symbol: ts.Symbol): string {
    return ts
      .displayPartsToString(symbol.getDocumentationComment(this.#checker))
      .replaceAll(/\s*\n\s*/g, ' ')
      .trim();
  }

  #shapeOf(type: ts.Type): Schema {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.#checker.typeToString(type) === 'true' };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (type.isUnion()) return this.#unionOf(type.types);
    // A brand exists for the compiler only.
    const plain = type.isIntersection() ? type.types.find((part) => part.flags & primitive) : undefined;
    if (plain) return this.#shapeOf(plain);
    if (this.#checker.isTupleType(type)) return this.#tupleOf(type as ts.TypeReference);
    if (this.#checker.isArrayType(type)) return { type: 'array', items: this.#elementOf(type) };
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.#objectOf(type);
    throw new Error(`JSON has no ${this.#checker.typeToString(type)}`);
  }

  #unionOf(types: readonly ts.Type[]): Schema {
    const present = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const shapes = present.map((part) => this.of(part));
    const values = shapes.flatMap((shape) => ('const' in shape ? [shape['const']] : []));
    const others = shapes.filter((shape) => !('const' in shape));
    const isAnyBoolean = values.includes(true) && values.includes(false);
    const literals = isAnyBoolean ? values.filter((value) => typeof value !== 'boolean') : values;
    const all = [
      ...(literals.length > 0 ? [literals.length === 1 ? { const: literals[0] } : { enum: literals }] : []),
      ...(isAnyBoolean ? [{ type: 'boolean' }] : []),
      ...others,
    ];
    return all.length === 1 && all[0] ? all[0] : { anyOf: all };
  }

  #tupleOf(type: ts.TypeReference): Schema {
    const items = this.#checker.getTypeArguments(type).map((element) => this.of(element));
    return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
  }

  #elementOf(type: ts.Type): Schema {
    const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
    return element ? this.of(element) : {};
  }

  #objectOf(type: ts.Type): Schema {
    if (type.getCallSignatures().length > 0) throw new Error('JSON has no functions');
    const index = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const properties = this.#checker.getPropertiesOfType(type);
    const required = properties
      .filter(({ flags }) => !(flags & ts.SymbolFlags.Optional))
      .map(({ name }) => name);
    return {
      type: 'object',
      ...(properties.length > 0 && {
        properties: Object.fromEntries(
          properties.map((property) => [property.name, this.#propertyOf(property)]),
        ),
      }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.of(index.type) }),
    };
  }

  #propertyOf(property: ts.Symbol): Schema {
    const schema = this.of(this.#checker.getTypeOfSymbol(property));
    const description = this.commentOf(property);
    return description === '' ? schema : { description, ...schema };
  }
}

/** Null: it has none that tells it from others, as one that is made of a type and its arguments has not. */
function nameOf(type: ts.Type): string | null {
  if (type.aliasSymbol) {
    const isPlain = !type.aliasTypeArguments?.length && isOurs(type.aliasSymbol);
    return isPlain ? type.aliasSymbol.name : null;
  }
  const isInterface = type.isClassOrInterface() && !(type.typeParameters?.length ?? 0);
  return isInterface && isOurs(type.symbol) ? type.symbol.name : null;
}

const isOurs = (symbol: ts.Symbol): boolean =>
  (symbol.declarations ?? []).some(
    (declaration) => !declaration.getSourceFile().fileName.includes('node_modules'),
  );
