import * as z from 'zod';
import type { WeChatClients } from '../../../electron/accounts/wechat-clients.ts';
import { createAnswerKeeper } from '../../../electron/issuing/answer-keeper.ts';
import { createIssuer, type Issuer } from '../../../electron/issuing/issuer.ts';
import { type BatchRunner, createBatchRunner } from '../../../electron/issuing/run-batch.ts';
import type { HandlerParts } from '../../../electron/operations/handler-parts.ts';
import { createInvoiceHandlers } from '../../../electron/operations/invoice-handlers.ts';
import type { PdfStore } from '../../../electron/records/pdf-store.ts';
import type { Records } from '../../../electron/records/records.ts';
import type { WriterLock } from '../../../electron/records/writer-lock.ts';
import type { Clock } from '../../../electron/support/clock.ts';
import type { Log } from '../../../electron/support/log.ts';
import { createTokenStore } from '../../../electron/wechat/access-token.ts';
import { createCaller } from '../../../electron/wechat/call.ts';
import { updateStatus } from '../../../electron/wechat/cards.ts';
import type { WeChatClient } from '../../../electron/wechat/client.ts';
import { insertCard } from '../../../electron/wechat/insert.ts';
import type { Transport } from '../../../electron/wechat/transport.ts';
import { ok } from '../../../shared/result.ts';
import { createLifeLine, mortalRecords } from './crashing-records.ts';
import type { Told } from './fates.ts';
import type { ModelWeChat } from './model-wechat.ts';
import type { Flight } from './observer.ts';
import type { Timeline } from './timeline.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface ProgramParts {
  readonly records: Records;
  readonly wechat: ModelWeChat;
  readonly timeline: Timeline;
  readonly appid: string;
  /** Before an insert is handed to the network. */
  readonly inserting: (body: Uint8Array) => Flight;
  /** When the program is told what became of it. */
  readonly told: (flight: Flight, told: Told) => void;
  /** The program died. */
  readonly crashed: () => void;
  /** Dies at this write point of its start; absent: it does not. */
  readonly diesStartingAt?: number | undefined;
}

export type Program = ReturnType<typeof startProgram>;

const uploadSchema = z.object({ s_media_id: z.string() });

/** What is never reached: the simulation makes the calls of the issuing core only. */
const unused = () => Promise.reject(new Error('no part of the simulation'));

/**
 * One life of the program: the real issuing core and the real client over a simulated network, built as electron/app.ts
 * builds them.
 */
export function startProgram(parts: ProgramParts) {
  const { timeline, wechat } = parts;
  const clock: Clock = { now: timeline.now };
  const life = createLifeLine(parts.crashed);
  const records = mortalRecords(parts.records, life);
  const wakeAll = new Set<() => void>();
  let isEnding = false;
  let isLocked = false;

  /** Nobody is left to hear what comes after the end. */
  function whileAlive<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve) => {
      void promise.then((value) => {
        if (life.isAlive()) resolve(value);
      });
    });
  }

  const transport: Transport = {
    send(request) {
      life.assertAlive();
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const flight = request.path.startsWith('/card/invoice/insert') ? parts.inserting(body) : undefined;
      return whileAlive(
        wechat.send(request.path, body, (told) => {
          if (flight && life.isAlive()) parts.told(flight, told);
        }),
      );
    },
    close: () => Promise.resolve(),
  };

  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      life.assertAlive();
      if (isEnding) return resolve();
      const wake = () => {
        wakeAll.delete(wake);
        if (life.isAlive()) resolve();
      };
      wakeAll.add(wake);
      timeline.after(milliseconds, wake);
    });

  const writerLock: WriterLock = {
    isHeld: () => isLocked,
    acquire() {
      if (!isLocked) issuer.recover();
      isLocked = true;
      return ok(undefined);
    },
    release() {
      isLocked = false;
    },
  };

  const client = createSimulatedClient(transport, clock, parts.appid);
  // The simulated account needs nothing but its client.
  const clients = { of: async () => ok(client), drop: unused, close: unused } as WeChatClients;
  // Each path is another file.
  const pdfStore: PdfStore = {
    pathOf: (sha256) => sha256,
    add: async (path) => ok({ sha256: path, fileName: `${path}.pdf`, sizeBytes: 1000 }),
  };
  const changed = () => undefined;
  // The simulated disk is never full.
  const reserve = { hold: () => ok(undefined), free: () => undefined };
  const answers = createAnswerKeeper({ reserve, sleep, isEnding: () => isEnding, changed });
  const issuer: Issuer = createIssuer({
    records,
    pdfStore,
    answers,
    clients,
    writerLock,
    clock,
    sleep,
    isEnding: () => isEnding,
    changed,
  });
  const batchRunner: BatchRunner = createBatchRunner({ records, issuer, writerLock, clock, emit: changed, sleep });
  if (parts.diesStartingAt !== undefined) life.killAtWritePoint(parts.diesStartingAt);
  writerLock.acquire();
  writerLock.release();
  life.killAtWritePoint(undefined);
  // The handlers of invoices use these parts and the two below only.
  const handlers = createInvoiceHandlers({
    records,
    pdfStore,
    clients,
    issuer,
    answers,
    clock,
    emit: changed,
    files: { resolve: (token: string) => ok(token) },
  } as unknown as HandlerParts);

  return {
    records,
    handlers,
    batchRunner,
    isAlive: life.isAlive,
    kill: life.kill,
    killAtWritePoint: life.killAtWritePoint,
    /** Asks the program to end: batches stop between two calls, waits are cut short. */
    end(): void {
      isEnding = true;
      batchRunner.stopAll();
      for (const wake of [...wakeAll]) wake();
    },
  };
}

function createSimulatedClient(transport: Transport, clock: Clock, appid: string): WeChatClient {
  const tokens = createTokenStore({
    appid,
    readSecret: () => Promise.resolve(ok('secret')),
    clock,
    log: silent,
    transport,
  });
  const caller = createCaller({ transport, tokens, clock, log: silent });
  return {
    fetchToken: tokens.fetchAnew,
    obtainPlatformId: unused,
    createTemplate: unused,
    uploadLogo: unused,
    // The real one reads the file while it sends it; here there are no files.
    async uploadPdf() {
      const answer = await caller.call({
        name: 'setpdf',
        path: '/card/invoice/platform/setpdf',
        manner: 'upload',
        body: () => new Uint8Array(),
        schema: uploadSchema,
      });
      return answer.ok ? ok({ mediaId: answer.value.s_media_id }) : answer;
    },
    queryPdf: unused,
    insert: (body) => insertCard(caller, body),
    updateStatus: (input) => updateStatus(caller, input),
    decryptCode: unused,
    readContact: unused,
    saveContact: unused,
    readAuthFields: unused,
    saveAuthFields: unused,
    requestAuthorisation: unused,
    queryAuthorisation: unused,
    rejectOrder: unused,
    close: () => Promise.resolve(),
  };
}
