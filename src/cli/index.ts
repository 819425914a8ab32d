/** The program `agentcoord`. */
import { runProgram } from './program.ts';

// Whoever read our output has gone (`agentcoord tasks | head`): that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runProgram(process.argv.slice(2));
