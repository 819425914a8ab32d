/** Links each event of a batch to everything before it. */
import { hash } from 'node:crypto';
import { linkText } from '../contract/hash-chain.ts';

/** @param previous the link of the event before it */
export function nextLink(previous: string, record: Parameters<typeof linkText>[1]): string {
  return hash('sha256', linkText(previous, record));
}
