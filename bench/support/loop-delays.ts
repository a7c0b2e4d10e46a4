import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopDelays } from './import-task.ts';

const heartbeatMs = 5;
const nanosecondsPerMs = 1e6;

/** Watches the event loop of this process until it is asked. */
export function watchLoop(): { stop(): LoopDelays } {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  let heartbeat = 0;
  let beatAt = performance.now();
  const timer = setInterval(() => {
    heartbeat = Math.max(heartbeat, performance.now() - beatAt - heartbeatMs);
    beatAt = performance.now();
  }, heartbeatMs);
  let turnCpu = 0;
  let isWatching = true;
  let before = process.threadCpuUsage();
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    turnCpu = Math.max(turnCpu, (user + system) / 1000);
    before = process.threadCpuUsage();
    if (isWatching) setImmediate(turn);
  };
  setImmediate(turn);
  histogram.enable();
  return {
    stop() {
      isWatching = false;
      clearInterval(timer);
      histogram.disable();
      const [p999, longest] = [histogram.percentile(99.9), histogram.max];
      return { p999: p999 / nanosecondsPerMs, longest: longest / nanosecondsPerMs, heartbeat, turnCpu };
    },
  };
}
