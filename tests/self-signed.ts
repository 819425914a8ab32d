/** A certificate of nobody's, for this machine, made by openssl. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export interface SelfSigned {
  /** Files in PEM. */
  readonly cert: string;
  readonly key: string;
  readonly certText: string;
}

export async function selfSigned(folder: string): Promise<SelfSigned> {
  const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const how = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', ['req', ...how, ...subject, '-keyout', key, '-out', cert]);
  return { cert, key, certText: await readFile(cert, 'utf8') };
}
