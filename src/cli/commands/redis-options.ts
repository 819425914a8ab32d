/** What the commands that lead to a Redis have in common. */
import { Option } from 'commander';

export function anybodyOption(): Option {
  return new Option(
    '--anybody-may-read-it',
    'use a Redis that takes no password though it is not on this machine: whoever reaches it reads and changes everything',
  );
}
