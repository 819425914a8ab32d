/** The program `agentcoord`. */
import { runProgram } from './program.ts';

// Whoever read our output has gone (`agentcoord tasks | head`): that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`The answer could not be written to the standard output: ${error.message}\n`);
  process.exit(1);
});

process.exitCode = await runProgram(process.argv.slice(2));
