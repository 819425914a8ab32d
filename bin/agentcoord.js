#!/usr/bin/env node
/** Starts the built command line on Node 24: on the running Node, or else on the one that the project brings. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundledNode } from './bundled-node.js';

const REQUIRED_MAJOR = 24;
const program = new URL('../out/main/cli.js', import.meta.url);

if (!existsSync(program)) {
  refuse('agentcoord is not built yet: run `npm run build` in its folder');
} else if (majorOf(process.versions.node) >= REQUIRED_MAJOR) {
  await import(program.href);
} else {
  const node = bundledNode();
  if (node === undefined) {
    refuse(
      `agentcoord needs Node ${REQUIRED_MAJOR} or newer; this is ${process.version}, and no bundled one is there`,
    );
  } else {
    rerunWith(node);
  }
}

function majorOf(version) {
  return Number.parseInt(version, 10);
}

/** Hands over to the same command line on another Node: same streams, signals passed on, same end. */
function rerunWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => refuse(`agentcoord could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
  });
}

function refuse(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
