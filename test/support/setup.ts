// Property tests draw the same cases on every run, so that a red build is red for everyone.
// WAVETANK_SEED=<integer> draws others; WAVETANK_SEED=random draws new ones (a failure prints its seed).

import fc from 'fast-check';

const seed = process.env['WAVETANK_SEED'] ?? '42';
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
