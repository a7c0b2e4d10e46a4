// better-sqlite3 13 does not refuse an older Node politely: opening a database there is a segmentation fault.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `需要 Node ≥ 24，当前是 ${process.version}。请在项目目录运行 npm ci（会带来合适的 Node），再用 npm run 执行。\n` +
      `Node >= 24 is needed, this is ${process.version}. Run npm ci here (it brings one), then use npm run.\n`,
  );
  process.exit(1);
}
