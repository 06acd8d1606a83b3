/** The engine's version, as reports state it. A test holds it equal to package.json, which a browser cannot read. */
export const ENGINE_VERSION = '0.1.0';
