// Vitest colours its output even where nobody sees colours: plain text into files and pipes.
if (!process.stdout.isTTY && !('FORCE_COLOR' in process.env)) process.env.NO_COLOR = '1';
await import('../node_modules/vitest/vitest.mjs');
