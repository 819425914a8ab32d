/** Somebody at Discord, as the company knows them. */
import type { Person } from 'agentcoord/plugin';
import type { APIUser } from 'discord.js';

/** An id of Discord is for ever, and nobody can choose it; a name is only shown. */
export function personOf({ id, global_name, username }: APIUser): Person {
  return { id, name: (global_name ?? username).slice(0, 200) };
}
