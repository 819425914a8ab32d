/** The rights that SECURITY.md gives to the user of a company in Redis, read from there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, '..', '..', '..', 'SECURITY.md');
const line = /^user agentcoord on >PASSWORD (?<rights>.+)$/m.exec(readFileSync(file, 'utf8'))?.groups?.[
  'rights'
];
if (line === undefined) throw new Error('SECURITY.md has no line for the user of Redis');

/** As they stand in an ACL file, after the password. */
export const documentedRights: readonly string[] = line.split(' ');
