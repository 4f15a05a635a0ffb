// The result of a run as a line on the screen and as the committed table.

/** One line of the screen. */
export function lineOf({ mutant, outcome, by, said, seconds }) {
  const note = outcome === 'caught' ? by : `${mutant.test[0]}: ${said}`;
  return `${outcome.padEnd(8)} ${mutant.name.padEnd(42)} ${String(seconds).padStart(3)} s  ${note}`;
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The whole table in Markdown, by area. */
export function report(areas, results, seconds) {
  const caught = results.filter(({ outcome }) => outcome === 'caught').length;
  const rows = (mutants) =>
    results
      .filter(({ mutant }) => mutants.includes(mutant))
      .map(({ mutant, outcome, by, said, seconds: took }) => {
        const why = `\`${mutant.name}\`<br>${mutant.zh} · ${mutant.en}`;
        return `| ${cell(why)} | ${outcome} | ${cell(`${mutant.test[0]}: ${by ?? said}`)} | ${took} |`;
      });
  const sections = areas.map(({ title, mutants }) =>
    [`## ${title}`, '', '| mutant | outcome | test | s |', '|---|---|---|---|', ...rows(mutants)].join('\n'),
  );
  const head = [
    '# Code mutants',
    '',
    `Written by \`npm run test:mutants\`. ${caught} of ${results.length} caught in ${seconds} s, one at a time; the seconds of a mutant include the same test`,
    'on the unbroken code where it was the first to need it. “Caught” means that this test passed before and failed an assertion after one line was broken.',
  ];
  return `${[head.join('\n'), ...sections].join('\n\n')}\n`;
}
