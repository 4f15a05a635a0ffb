// The results as lines on the screen and as the committed table.

/** One line of the screen. */
export function lineOf({ name, test }, { outcome, by, said, seconds }) {
  const note = outcome === 'caught' ? by : `${test[0]}: ${said}`;
  return `${outcome.padEnd(8)} ${name.padEnd(42)} ${String(seconds).padStart(3)} s  ${note}`;
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const notRun = { outcome: 'not run', said: '', seconds: 0 };

/** The whole table in Markdown, by area; `results` by name of the mutant. */
export function report(areas, results) {
  const row = ({ name, zh, en, test }) => {
    const { outcome, by, said, seconds } = results[name] ?? notRun;
    return `| ${cell(`\`${name}\`<br>${zh} · ${en}`)} | ${outcome} | ${cell(`${test[0]}<br>${by ?? said}`)} | ${seconds} |`;
  };
  const all = areas.flatMap(({ mutants }) => mutants);
  const caught = all.filter(({ name }) => results[name]?.outcome === 'caught').length;
  const head = `# Code mutants

Written by \`npm run test:mutants\`. ${caught} of ${all.length} caught. Each row is of the last time its mutant was run; the seconds include the same
test on the unbroken code where it was the first to need it. “Caught” means that this test passed before and failed an assertion
after one line was broken.`;
  const sections = areas.map(({ title, mutants }) =>
    [`## ${title}`, '', '| mutant | outcome | test | s |', '|---|---|---|---|', ...mutants.map(row)].join('\n'),
  );
  return `${[head, ...sections].join('\n\n')}\n`;
}
