/** Where new versions may come from, and what a person is told when they don't. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { keepAppSettings, readAppSettings } from '../../src/main/app-settings.ts';
import { isSafe, readFeed } from '../../src/main/update-feed.ts';
import { updateTrouble } from '../../src/main/update-trouble.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it.each([
  ['https://downloads.example.com/agentcoord/', 'https://downloads.example.com/agentcoord'],
  ['  https://downloads.example.com  ', 'https://downloads.example.com'],
  ['http://127.0.0.1:8080/feed', 'http://127.0.0.1:8080/feed'],
])('takes %s', (text, expected) => {
  expect(readFeed(text)).toBe(expected);
});

it.each([
  ['another machine without TLS', 'http://downloads.example.com/agentcoord', /no TLS/],
  ['a name that only looks like this machine', 'http://localhost.example.com/', /no TLS/],
  ['a file', 'file:///etc/passwd', /no TLS/],
  ['a script', 'javascript:alert(1)', /no TLS/],
  ['a password', 'https://ann:secret@downloads.example.com/', /password/],
  ['a key behind the address', 'https://downloads.example.com/?key=secret', /folder/],
  ['no address at all', 'downloads', /no address/],
  ['nothing', '', /no address/],
])('refuses %s', (_what, text, words) => {
  expect(() => readFeed(text)).toThrow(words);
  expect(() => readFeed(text)).not.toThrow(/secret/);
});

it('lets no request leave the machine without TLS', () => {
  expect(isSafe('https://cdn.example.com/a.AppImage')).toBe(true);
  expect(isSafe('http://[::1]:80/a')).toBe(true);
  expect(isSafe('http://cdn.example.com/a.AppImage')).toBe(false);
  expect(isSafe('ftp://cdn.example.com/a')).toBe(false);
});

const coded = (code: string) => Object.assign(new Error('stack and headers'), { code });
it.each([
  ['no list', coded('ERR_UPDATER_CHANNEL_FILE_NOT_FOUND'), /no list of versions/],
  ['another file than was announced', coded('ERR_CHECKSUM_MISMATCH'), /thrown away/],
  ['a list without checksums', coded('ERR_UPDATER_NO_CHECKSUM'), /no checksum/],
  ['nobody there', new Error('net::ERR_CONNECTION_REFUSED'), /can’t be reached/],
  ['a way without TLS', new Error('net::ERR_BLOCKED_BY_CLIENT'), /without TLS/],
  ['a certificate of somebody else', new Error('net::ERR_CERT_AUTHORITY_INVALID'), /no certificate/],
  ['a server with trouble', new Error('HttpError: 503 Service Unavailable'), /trouble of its own/],
  ['what nobody foresaw', new Error('Odd\n  at stack'), /^https:\/\/x\.example: Odd$/],
  ['what is no error', 'odd', /odd/],
])('says in words: %s', (_what, error, words) => {
  expect(updateTrouble(error, 'https://x.example')).toMatch(words);
});

it('keeps what was set, and begins anew when it can’t be read', async () => {
  const file = path.join(await temporaryFolder(), 'settings.json');
  const first = { updateFeed: null, knowsItLivesOn: false };
  expect(readAppSettings(file)).toEqual(first);
  await keepAppSettings(file, { updateFeed: 'https://x.example', knowsItLivesOn: true });
  expect(readAppSettings(file)).toEqual({ updateFeed: 'https://x.example', knowsItLivesOn: true });
  // As an earlier version wrote it.
  await writeFile(file, '{"updateFeed": "https://x.example"}');
  expect(readAppSettings(file)).toEqual({ ...first, updateFeed: 'https://x.example' });
  await writeFile(file, '{"updateFeed": 7');
  expect(readAppSettings(file)).toEqual(first);
});
