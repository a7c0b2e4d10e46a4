import type { Clipboard, CrashReporter, Net, NotificationConstructorOptions } from 'electron';
import { guard } from './guard.ts';
import { GuardedEmitter } from './guarded-emitter.ts';

/** A clipboard of this process's own; the person's is left alone. */
function makeClipboard() {
  let content = '';
  const modelled: Pick<Clipboard, 'readText' | 'writeText' | 'clear' | 'has'> = {
    readText: async () => content,
    writeText: async (text) => {
      content = text;
    },
    has: async (type) => type === 'text/plain' && content !== '',
    clear: () => {
      content = '';
    },
  };
  return guard(modelled, 'clipboard') as Clipboard;
}

/** Recorded, not shown: tests read `Notification.standInShown`. */
class Notification extends GuardedEmitter {
  static readonly standInShown: NotificationConstructorOptions[] = [];
  readonly title: string;
  readonly body: string;
  readonly #options: NotificationConstructorOptions;

  constructor(options: NotificationConstructorOptions = {}) {
    super('Notification', ['show', 'click', 'close', 'reply', 'action', 'failed']);
    this.#options = options;
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    Notification.standInShown.push(this.#options);
    this.emit('show', {});
  }

  close(): void {
    this.emit('close', {});
  }
}

class PowerMonitor extends GuardedEmitter {
  constructor() {
    const events = ['suspend', 'resume', 'on-ac', 'on-battery', 'shutdown', 'lock-screen', 'unlock-screen'];
    super('powerMonitor', events);
  }

  isOnBatteryPower(): boolean {
    return false;
  }

  getSystemIdleTime(): number {
    return 0;
  }
}

export const clipboard = makeClipboard();
export const GuardedNotification = guard(Notification, 'Notification');
export const powerMonitor = new PowerMonitor();

const reporter: Pick<CrashReporter, 'start'> = { start: () => {} };
export const crashReporter = guard(reporter, 'crashReporter') as CrashReporter;

// The app must use neither: with nothing inside, every use throws.
export const net = guard({}, 'net') as Net;
export const utilityProcess = guard({}, 'utilityProcess');
