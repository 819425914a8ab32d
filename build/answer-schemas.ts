/** Reads from the types of the contract what each query and call answers, and from their comments what they are for. */
import { join } from 'node:path';
import ts from 'typescript';
import { TypeSchemas } from './type-schemas.ts';

interface Described {
  readonly schema: object;
  readonly description: string;
}

export interface AnswerSchemas {
  /** By query. */
  readonly queries: Readonly<Record<string, Described>>;
  /** By call, without those that open or end a session. */
  readonly calls: Readonly<Record<string, Described>>;
  /** What a follower gets, one after the other. */
  readonly event: object;
  /** By the name of the type. */
  readonly definitions: Readonly<Record<string, object>>;
}

export function readAnswerSchemas(projectFolder: string): AnswerSchemas {
  const contract = join(projectFolder, 'src', 'contract');
  const files = [join(contract, 'rpc.ts'), join(contract, 'queries.ts'), join(contract, '../core/event.ts')];
  const program = ts.createProgram(files, {
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, noEmit: true, strict: true },
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    ...{ exactOptionalPropertyTypes: true, allowImportingTsExtensions: true, skipLibCheck: true, types: [] },
  });
  const checker = program.getTypeChecker();
  const schemas = new TypeSchemas(checker);

  function exported(file: string, name: string): ts.Symbol {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
    if (!symbol) throw new Error(`${file} exports no ${name}`);
    return symbol;
  }
  const [rpc = '', queriesFile = '', eventFile = ''] = files;
  const declared = (file: string, name: string) => checker.getDeclaredTypeOfSymbol(exported(file, name));
  const comments = new Map(
    checker
      .getPropertiesOfType(checker.getTypeOfSymbol(exported(queriesFile, 'querySchemas')))
      .map((symbol) => [symbol.name, schemas.commentOf(symbol)]),
  );
  const queries = checker
    .getPropertiesOfType(declared(queriesFile, 'QueryAnswers'))
    .map((symbol): [string, Described] => [
      symbol.name,
      { schema: schemas.of(checker.getTypeOfSymbol(symbol)), description: comments.get(symbol.name) ?? '' },
    ]);
  const calls = checker
    .getPropertiesOfType(declared(rpc, 'Coordination'))
    .flatMap((symbol): [string, Described][] => {
      const answer = answered(checker, symbol);
      if (!answer) return [];
      return [[symbol.name, { schema: schemas.of(answer), description: schemas.commentOf(symbol) }]];
    });
  return {
    queries: Object.fromEntries(queries),
    calls: Object.fromEntries(calls),
    event: schemas.of(declared(eventFile, 'StoredEvent')),
    definitions: schemas.definitions,
  };
}

/** What the promise of a method resolves to; null: it answers no promise, or what depends on its argument. */
function answered(checker: ts.TypeChecker, method: ts.Symbol): ts.Type | null {
  const [signature] = checker.getTypeOfSymbol(method).getCallSignatures();
  if (!signature || signature.typeParameters) return null;
  const type = signature.getReturnType();
  return type.symbol?.name === 'Promise'
    ? (checker.getTypeArguments(type as ts.TypeReference)[0] ?? null)
    : null;
}
