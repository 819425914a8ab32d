/** Takes from the code of a plugin what it needs for nothing: to signal other processes, and to change itself. */
import child from 'node:child_process';
import nodeModule, { syncBuiltinESMExports } from 'node:module';
import workers from 'node:worker_threads';

export function guardProcess(): void {
  const refused = (what: string) => () => {
    throw Object.assign(new Error(`A plugin may not ${what}`), { code: 'ERR_ACCESS_DENIED' });
  };
  const table = process as unknown as Record<string, unknown>;
  table['kill'] = refused('signal a process');
  table['_kill'] = refused('signal a process');
  table['binding'] = refused('use what is inside Node');
  table['_linkedBinding'] = refused('use what is inside Node');
  table['dlopen'] = refused('load an addon');
  table['chdir'] = refused('change its folder');
  // Where the runtime has no permissions, this is all there is.
  const starting = child as unknown as Record<string, unknown>;
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
    starting[name] = refused('start a program');
  }
  (workers as unknown as Record<string, unknown>)['Worker'] = class {
    constructor() {
      refused('start a thread')();
    }
  };
  syncBuiltinESMExports();
}

/** Lets a plugin import the kit by its name, from wherever it lies: it is in this very program. */
export function provideKit(kit: object): void {
  // Of older runtimes: there a plugin must carry the kit with it, as ours do.
  const { registerHooks } = nodeModule;
  if (typeof registerHooks !== 'function') return;
  const store = globalThis as unknown as Record<symbol, object>;
  const symbol = Symbol.for('agentcoord.plugin');
  store[symbol] = kit;
  const names = Object.keys(kit).map((name) => `export const ${name} = kit[${JSON.stringify(name)}];`);
  const source = `const kit = globalThis[Symbol.for('agentcoord.plugin')];\n${names.join('\n')}`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'agentcoord/plugin'
        ? { url: 'agentcoord:plugin', format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === 'agentcoord:plugin' ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}
