// A synchronous question from the page to Node. The page stops at a breakpoint of its own; Node, which sees the pause
// over DevTools, reads the question, writes the answer and lets the page go on. Exact, and the page cannot see it.

export type Question = { kind: 'path-of-file'; file: File } | { kind: 'window-open'; url: string; frameName: string };

/** Node recognises its pauses by this function's name and reads `question` and `asked` by name. */
export function standInAskSync(question: Question, asked: string): unknown {
  const answer: { value?: unknown } = {};
  // Named in the source so that both stay readable at the breakpoint.
  void [question, asked];
  // biome-ignore lint/suspicious/noDebugger: this is how the page waits for Node.
  debugger;
  return answer.value;
}
