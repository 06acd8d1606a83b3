import { describe, expect, test } from 'vitest';
import { engines } from './support/engines.js';

describe('the engines for determinism tests', () => {
  test('the current engine comes first and is there', () => {
    expect(engines()[0]).toEqual({
      name: 'current',
      binary: process.execPath,
      version: process.version,
      reason: '',
    });
  });

  test.each(engines())('$name has a binary of its major version, or says why not', (engine) => {
    if (engine.binary === null) expect(engine.reason).not.toBe('');
    else if (engine.name !== 'current')
      expect(engine.version).toContain(engine.name.replace('node', 'v'));
  });
});
