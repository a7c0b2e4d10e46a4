const counters = {
  pushes_stored: 'Pushes that were stored',
  pushes_repeated: 'Pushes that had been stored before',
  pushes_refused: 'Pushes whose signature was wrong, or that could not be understood',
  pushes_stale: 'Pushes stored whose timestamp is far from the clock of the relay',
  pushes_not_stored: 'Pushes that the store did not take; WeChat sends them again',
  forwards_done: 'Requests that the server behind answered in time',
  forwards_failed: 'Requests that the server behind did not answer in time',
  keys_refused: 'Requests with a wrong key',
  requests_limited: 'Requests of addresses that asked too much',
} as const;
export type Counter = keyof typeof counters;

const gauges = {
  streams_open: 'Desktops that are connected now',
  tunnels_open: 'Connections to WeChat that are carried now',
} as const;
type Gauge = keyof typeof gauges;

/** Figures for whoever watches the relay, in Prometheus' text form. */
export function createMetrics() {
  const values = new Map<Counter | Gauge, number>();
  const add = (name: Counter | Gauge, by: number) => values.set(name, (values.get(name) ?? 0) + by);
  const lines = (kind: 'counter' | 'gauge', names: Readonly<Record<string, string>>) =>
    Object.entries(names).flatMap(([name, help]) => {
      const full = `fapiao_relay_${name}${kind === 'counter' ? '_total' : ''}`;
      const value = values.get(name as Counter | Gauge) ?? 0; // a key of one of the two tables above
      return [`# HELP ${full} ${help}`, `# TYPE ${full} ${kind}`, `${full} ${value}`];
    });
  return {
    count: (name: Counter): void => void add(name, 1),
    raise: (name: Gauge): void => void add(name, 1),
    lower: (name: Gauge): void => void add(name, -1),
    value: (name: Counter | Gauge): number => values.get(name) ?? 0,
    text: (): string => `${[...lines('counter', counters), ...lines('gauge', gauges)].join('\n')}\n`,
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
