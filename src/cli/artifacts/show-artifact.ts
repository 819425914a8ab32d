/** Prints the bytes of an artifact, or writes them to a file. */
import { writeFile } from 'node:fs/promises';
import { CoordError } from '../../core/error.ts';
import { withCompany } from '../company-session.ts';
import type { GlobalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainText } from '../output/plain-text.ts';
import { findArtifact } from './find-artifact.ts';

/** @throws CoordError `ARTIFACT_MISSING`; `BAD_INPUT` - the file can't be written, or a terminal can't show it */
export async function showArtifact(key: string, out: string | null, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const hash = await findArtifact(coordination, key);
    const { base64 } = await coordination.query('artifact', { hash });
    const content = Buffer.from(base64, 'base64');
    const about = { sha256: hash, bytes: content.byteLength };
    if (out !== null) {
      await write(out, content);
      output.answer(
        { ...about, file: out, base64: null },
        () => `${out}: ${content.byteLength} bytes, SHA-256 ${hash}`,
      );
      return;
    }
    if (options.json) output.answer({ ...about, file: null, base64 }, () => '');
    else process.stdout.write(process.stdout.isTTY ? readable(content, hash) : content);
  });
}

async function write(file: string, content: Uint8Array): Promise<void> {
  await writeFile(file, content).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CoordError('BAD_INPUT', `${file} can’t be written: ${why}. Name another file with --out`, {
      file,
    });
  });
}

/** What agents made may hold what rewrites a screen: a terminal gets the text without it. */
function readable(content: Uint8Array, hash: string): string {
  const text = asText(content);
  if (text !== null) return plainText(text);
  throw new CoordError(
    'BAD_INPUT',
    `${hash} is no text (${content.byteLength} bytes): write it to a file with --out, or send it on with |`,
    { hash },
  );
}

function asText(content: Uint8Array): string | null {
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}
