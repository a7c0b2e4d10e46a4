import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { LaneMessage, LaneTask, PlayedKill } from './lane-task.ts';
import type { BundledFiles } from './program-bundle.ts';

/** One more than the computers that run this have cores, since each waits for its child now and then. */
const laneCount = 3;

/** One more case, or undefined when there is none. */
export type NextCase = () => Pick<LaneTask, 'number' | 'point'> | undefined;

export interface PlayOptions {
  readonly seed: number;
  readonly next: NextCase;
  readonly awakePlants?: readonly string[];
  readonly onPlayed: (played: PlayedKill) => void;
}

function hear(lane: ChildProcess): Promise<LaneMessage> {
  return new Promise((resolve, reject) => {
    const take = (message: unknown) => {
      lane.off('exit', giveUp);
      resolve(message as LaneMessage); // lane.ts sends nothing else
    };
    const giveUp = (code: number | null) => {
      lane.off('message', take);
      reject(new Error(`a lane ended with ${String(code)}`));
    };
    lane.once('message', take);
    lane.once('exit', giveUp);
  });
}

/**
 * Processes that kill and judge, each with a WeChat of its own. They are not threads of this one: to start a process costs
 * the more the larger the one is that starts it.
 */
export async function openLanes({ laneFile, childFile, compileCache }: BundledFiles, root: string) {
  const lanes = await Promise.all(
    Array.from({ length: laneCount }, async () => {
      const lane = fork(laneFile, [root, childFile, compileCache], {
        execArgv: [],
        env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      await hear(lane);
      return lane;
    }),
  );

  async function playIn(lane: ChildProcess, { seed, next, awakePlants = [], onPlayed }: PlayOptions): Promise<void> {
    for (let one = next(); one; one = next()) {
      const task: LaneTask = { seed, ...one, awakePlants };
      lane.send(task);
      const told = await hear(lane);
      if (told.kind === 'played') onPlayed(told.played);
    }
  }

  return {
    /** Plays cases, one in each lane, until there are no more. */
    play: async (options: PlayOptions): Promise<void> => {
      await Promise.all(lanes.map((lane) => playIn(lane, options)));
    },
    async close(): Promise<void> {
      await Promise.all(
        lanes.map(async (lane) => {
          if (lane.exitCode !== null || lane.signalCode !== null) return;
          lane.disconnect();
          const [code] = await once(lane, 'exit');
          if (code !== 0) throw new Error(`a lane ended with ${String(code)}`);
        }),
      );
    },
  };
}

export type Lanes = Awaited<ReturnType<typeof openLanes>>;
