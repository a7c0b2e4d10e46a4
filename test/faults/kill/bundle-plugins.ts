import http from 'node:http';
import { basename, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { projectRoot } from '../../../scripts/run.ts';
import { plantInto } from './plants.ts';

/** A module by another text, so that what it would load stays out. */
function replaceModule(name: string, sources: readonly string[], text: string): Plugin {
  const id = `\0${name}`;
  return {
    name,
    enforce: 'pre',
    resolveId: (source) => (sources.includes(source) ? id : null),
    load: (loaded) => (loaded === id ? text : null),
  };
}

/** The modules that begin a thread are loaded when one is wanted, from beside the bundle. */
export const threadsOutside: Plugin = {
  name: 'threads-outside',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('-worker.ts') ? { id: `./${basename(source, '.ts')}.mjs`, external: true } : null,
};

/** Every defect, asleep. */
export const plantAll: Plugin = {
  name: 'plants',
  enforce: 'pre',
  transform: (code, id) => plantInto(relative(projectRoot, id).split(sep).join('/'), code),
};

/**
 * An ESM import of node:http asks it for every export, and three of them load all of Node's own fetch, which nothing here
 * uses and which takes a quarter of a start. Required, only what is used is asked for.
 */
export const requireHttp: Plugin = replaceModule(
  'required-http',
  ['node:http', 'http'],
  `import { createRequire } from 'node:module';
   const http = createRequire(import.meta.url)('node:http');
   export default http;
   export const { ${Object.keys(http)
     .filter((name) => !['WebSocket', 'CloseEvent', 'MessageEvent'].includes(name))
     .join(', ')} } = http;`,
);

const undiciFile = (name: string) => JSON.stringify(join(projectRoot, 'node_modules', 'undici', 'lib', name));

/** undici as it is, without its fetch, caches, mocks and proxies: the parts that the program's transport names. */
const undiciParts = `
  import Client from ${undiciFile('dispatcher/client.js')};
  import Dispatcher from ${undiciFile('dispatcher/dispatcher.js')};
  import Pool from ${undiciFile('dispatcher/pool.js')};
  import api from ${undiciFile('api/index.js')};
  import buildConnector from ${undiciFile('core/connect.js')};
  Object.assign(Dispatcher.prototype, api);
  const request = () => { throw new Error('no part of the killed process') };
  export { buildConnector, Client, Pool, request };`;

/** Parts by their files, each with the function that is asked for. */
const leftOut: Readonly<Record<string, string>> = {
  'electron/practice/practice-server.ts': 'startPracticeServer',
  'electron/feed/relay-client.ts': 'createRelayClient',
  'electron/wechat/tunnel.ts': 'createTunnelConnector',
};

/**
 * Leaves out what the killed process never does, since thousands of them are started: to be a WeChat, to follow a relay, to
 * speak HTTP/2, to serve HTTP. Whatever calls one of them all the same throws.
 */
export const slim: readonly Plugin[] = [
  replaceModule('slim-undici', ['undici'], undiciParts),
  replaceModule('no-http2', ['node:http2'], 'export const constants = {};'),
  replaceModule(
    'no-http',
    ['node:http', 'http'],
    `export class IncomingMessage {}
     export const STATUS_CODES = {};
     export const maxHeaderSize = ${http.maxHeaderSize};`,
  ),
  {
    name: 'parts-left-out',
    enforce: 'pre',
    load(id) {
      const name = leftOut[relative(projectRoot, id).split(sep).join('/')];
      return name === undefined
        ? null
        : `export const ${name} = () => { throw new Error('no part of the killed process') };`;
    },
  },
];

/** Text of ASCII alone is read and kept as bytes; one other letter makes all of it twice as large, and decoded first. */
export const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        // Unit by unit, as strings and templates and patterns all read it.
        file.code = file.code.replace(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  },
};
