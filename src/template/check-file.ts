/** Checks a YAML text against a schema and against what a schema can't see, all in one go. */
import type { z } from 'zod';
import { FileNode } from '../core/file-node.ts';
import type { Problem } from '../core/problem.ts';
import type { FileFinding } from './finding.ts';
import { byPosition, formatFinding } from './finding.ts';
import { schemaProblems } from './schema-problems.ts';
import { YamlSource } from './yaml-source.ts';

export type CheckedFile<Parsed> =
  | {
      readonly ok: true;
      /** The data as the file has it: what a command takes. */
      readonly raw: unknown;
      /** With defaults filled in and durations converted. */
      readonly file: Parsed;
    }
  | { readonly ok: false; readonly findings: readonly FileFinding[] };

/** @param meaning what there is to check beyond the schema; it must bear data of any shape */
export function checkFile<Schema extends z.ZodType>(
  text: string,
  fileName: string,
  schema: Schema,
  meaning: (root: FileNode) => readonly Problem[],
): CheckedFile<z.output<Schema>> {
  const source = new YamlSource(text);
  const faults = source.faults.map((fault): FileFinding => ({ file: fileName, ...fault }));
  if (!source.isReadable) return { ok: false, findings: faults.sort(byPosition) };

  const parsed = schema.safeParse(source.raw);
  const place = ({ path, at, message, fix }: Problem): FileFinding => ({
    file: fileName,
    ...source.position(path, at),
    message,
    fix,
  });
  const ofSchema = parsed.success ? [] : schemaProblems(schema, source.raw, parsed.error.issues).map(place);
  const first = [...faults, ...ofSchema];
  // A name that is no name is also unknown: said once is enough.
  const isNew = (finding: FileFinding) => !first.some((other) => byPosition(finding, other) === 0);
  const ofMeaning = meaning(new FileNode(source.raw)).map(place).filter(isNew);
  const findings = withoutRepeats([...first, ...ofMeaning].sort(byPosition));
  if (parsed.success && findings.length === 0) return { ok: true, raw: source.raw, file: parsed.data };
  return { ok: false, findings };
}

/** What is wrong at an anchor is wrong at each alias of it, and all of these stand at the anchor. */
function withoutRepeats(findings: readonly FileFinding[]): FileFinding[] {
  return [...new Map(findings.map((finding) => [formatFinding(finding), finding])).values()];
}
