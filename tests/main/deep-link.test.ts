/** Where a link leads: anybody can write one, so only a known kind and a well-formed id get through. */
import { expect, it } from 'vitest';
import { isTooLongToPassOn, pathOfArguments, pathOfLink } from '../../src/main/deep-link.ts';

it.each([
  ['agentcoord://gate/gate_0123456789', '/gates/gate_0123456789'],
  ['agentcoord://task/task_0123456789', '/board/task_0123456789'],
  ['agentcoord://epic/epic_0123456789', '/board/epic_0123456789'],
  ['agentcoord://worker/worker_0123456789', '/workers/worker_0123456789'],
])('%s opens %s', (link, path) => expect(pathOfLink(link)).toBe(path));

it.each([
  ['another kind', 'agentcoord://shell/rm'],
  ['an id of another kind', 'agentcoord://gate/task_0123456789'],
  ['a way up', 'agentcoord://gate/../../etc/passwd'],
  ['more than an id', 'agentcoord://gate/gate_0123456789/approve'],
  ['a query', 'agentcoord://gate/gate_0123456789?decision=approve'],
  ['a fragment', 'agentcoord://gate/gate_0123456789#/settings'],
  ['a name and a password', 'agentcoord://me:secret@gate/gate_0123456789'],
  ['script', 'agentcoord://gate/javascript:alert(1)'],
  ['another scheme', 'https://gate/gate_0123456789'],
  ['no address', 'agentcoord'],
  ['nothing', ''],
  ['a way up in disguise', 'agentcoord://gate/gate_%2e%2e%2fsettings'],
  ['a way up with backslashes', 'agentcoord://gate/..\\..\\settings'],
  ['another host', 'agentcoord://gate.example.com/gate_0123456789'],
  ['a port', 'agentcoord://gate:8080/gate_0123456789'],
  ['a name of every object', 'agentcoord://constructor/constructor_0123456789'],
  ['capital letters', 'agentcoord://gate/gate_ABCDEFGHIJ'],
  ['a null', 'agentcoord://gate/gate_0123\u00006789'],
  ['a line break', 'agentcoord://gate/gate_0123456789\n/settings'],
  ['no id', 'agentcoord://gate/'],
  ['a shell', 'agentcoord://gate/gate_$(id)'],
  ['an endless id', `agentcoord://gate/gate_${'a'.repeat(1_000_000)}`],
  ['endless slashes', `agentcoord://gate/${'/'.repeat(1_000_000)}`],
])('%s leads nowhere', (_what, link) => expect(pathOfLink(link)).toBeNull());

it('finds its link among the words of a start', () => {
  const words = ['/usr/bin/agentcoord', '--enable-x', 'agentcoord://gate/gate_0123456789'];
  expect(pathOfArguments(words)).toBe('/gates/gate_0123456789');
  expect(pathOfArguments(['/usr/bin/agentcoord'])).toBeNull();
});

it('keeps a start whose words are too many away from the app that runs', () => {
  const gate = 'agentcoord://gate/gate_0123456789';
  expect(isTooLongToPassOn(['/usr/lib/agentcoord/agentcoord-desktop', '--no-sandbox', gate])).toBe(false);
  expect(isTooLongToPassOn(['agentcoord', gate.padEnd(100_000, 'a')])).toBe(true);
  expect(isTooLongToPassOn(['agentcoord', ...Array<string>(1_000).fill(gate)])).toBe(true);
});
