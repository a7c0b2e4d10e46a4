import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { projectRoot } from './run.ts';

process.chdir(projectRoot);
const options = await extractConfig('./.dependency-cruiser.mjs');
const { output } = await cruise(['shared', 'electron', 'relay', 'renderer', 'scripts', 'test', 'bench'], {
  ...options.options,
  ruleSet: options,
  validate: true,
});
// With no output type named, the result is the object and not text.
const { summary } = output as ICruiseResult;
for (const { rule, from, to } of summary.violations) console.error(`${rule.severity} ${rule.name}: ${from} → ${to}`);
console.log(
  `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations`,
);
// A cruiser that cannot read TypeScript finds nothing wrong in nothing.
if (summary.totalCruised < 50 || summary.error > 0) process.exit(1);
