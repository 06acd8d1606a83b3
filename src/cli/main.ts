/** The `wavetank` command: the process around one call of the command line. */
import { processIo } from './io.js';
import { program } from './program.js';

// Whoever reads stdout may stop before the end (`| head`): that is their right, and no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
// exitCode rather than exit(): what is still on its way into a pipe gets there.
process.exitCode = await program(process.argv.slice(2), processIo());
