/** Marks what others wrote as data, so that a model can tell it from what it is asked to do. */
import { randomBytes } from 'node:crypto';

/** @returns text between marks that nobody could have foreseen: what stands in it can't end it */
export type Fence = (what: string, text: string) => string;

export function createFence(mark: string = randomBytes(6).toString('hex')): Fence {
  return (what, text) =>
    `<<<data ${mark} ${oneLine(what)}\n${text.replaceAll(mark, '').trimEnd()}\n>>>data ${mark}`;
}

function oneLine(what: string): string {
  return what.replace(/\s+/g, ' ').trim().slice(0, 200);
}
