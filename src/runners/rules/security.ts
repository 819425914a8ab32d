/** Rules of security that a line shows. */
import type { Finding } from '../../contract/review-report.ts';
import type { Sources } from './sources.ts';
import { byLines, code, python, scripts } from './sources.ts';

const anything = /[^/]$/;
const example = /example|placeholder|changeme|xxx|\$\{|process\.env|os\.environ|<[^>]+>|dummy|your[-_]/i;

export const security = (sources: Sources): Finding[] =>
  byLines(sources, [
    {
      severity: 'high',
      files: anything,
      line: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
      inTests: true,
      title: 'A private key in the repository',
      detail: 'Take it out of the history, and replace it wherever it is used.',
    },
    {
      severity: 'high',
      files: anything,
      line: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bsk-(?:ant-)?[A-Za-z0-9_-]{20,}\b|\bxox[baprs]-[A-Za-z0-9-]{10,}/,
      unless: example,
      title: 'A key of a service in the repository',
      detail: 'Withdraw it, and read it from the environment or a keychain.',
    },
    {
      severity: 'high',
      files: code,
      line: /\b(?:password|passwd|secret|api_?key|access_?token|auth_?token)\b['"]?\s*[:=]\s*['"][^'"\s]{8,}['"]/i,
      unless: example,
      title: 'A secret is written into the code',
      detail: 'Read it from the environment or a keychain, and change it: the history keeps this one.',
    },
    {
      severity: 'high',
      files: scripts,
      line: /\beval\s*\(|\bnew Function\s*\(/,
      title: 'Text is run as code',
      detail: 'Whoever has a say in the text runs anything; parse it, or look it up in a table.',
    },
    {
      severity: 'high',
      files: scripts,
      line: /\b(?:exec|execSync)\s*\(\s*(?:`[^`]*\$\{|['"][^'"]*['"]\s*\+)/,
      title: 'A shell command is put together from values',
      detail: 'Use execFile or spawn with a list of arguments.',
    },
    {
      severity: 'high',
      files: /\.[a-z]+$/,
      line: /\b(?:query|execute|raw)\s*\(\s*(?:`[^`]*(?:SELECT|INSERT|UPDATE|DELETE)[^`]*\$\{|f?['"][^'"]*(?:SELECT|INSERT|UPDATE|DELETE)[^'"]*['"]\s*(?:\+|%))/i,
      title: 'SQL is put together from values',
      detail: 'Use placeholders.',
    },
    {
      severity: 'high',
      files: code,
      line: /rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|verify\s*=\s*False|InsecureSkipVerify\s*:\s*true/,
      title: 'Certificates are not checked',
      detail: 'Trust the authority in question instead of everybody.',
    },
    {
      severity: 'medium',
      files: scripts,
      line: /\.innerHTML\s*=|dangerouslySetInnerHTML|document\.write\s*\(/,
      title: 'HTML is put together from text',
      detail: 'Set the text, or sanitise it.',
    },
    {
      severity: 'high',
      files: python,
      line: /\bpickle\.loads?\s*\(|\byaml\.load\s*\((?!.*Safe)|\bos\.system\s*\(|shell\s*=\s*True/,
      title: 'Input can run code',
      detail: 'Use json, yaml.safe_load, or subprocess with a list.',
    },
    {
      severity: 'medium',
      files: code,
      line: /\b(?:createHash|hashlib\.new)\s*\(\s*['"](?:md5|sha1)['"]|\bhashlib\.(?:md5|sha1)\s*\(/i,
      title: 'A hash that can be forged',
      detail: 'Use SHA-256; for passwords scrypt or argon2.',
    },
    {
      severity: 'medium',
      files: scripts,
      line: /(?:token|secret|password|session|nonce)\w*\s*=\s*[^;]*Math\.random\(\)/i,
      title: 'A secret from Math.random',
      detail: 'It can be guessed: use crypto.randomBytes or randomUUID.',
    },
  ]);
