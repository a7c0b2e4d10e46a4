import type { CustomScheme, Protocol } from 'electron';
import { guard } from './guard.ts';
import { lifecycle } from './lifecycle.ts';
import { handlerOf, registerPrivileged, removeHandler, setHandler } from './schemes.ts';

type Modelled = Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>;

const modelled: Modelled = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]) {
    if (lifecycle.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    registerPrivileged(schemes);
  },
  handle(scheme, handler) {
    if (!lifecycle.ready) throw new Error('protocol.handle should be called after app is ready');
    setHandler(scheme, handler as (request: Request) => Response | Promise<Response>);
  },
  unhandle: removeHandler,
  isProtocolHandled: (scheme) => handlerOf(scheme) !== undefined,
};

export const protocol = guard(modelled, 'protocol') as Protocol;
