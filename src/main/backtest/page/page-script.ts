/** What draws the plots: a script of the page itself, which has nothing but uPlot and the data in it. */
export const PAGE_SCRIPT = `
(() => {
  const reports = JSON.parse(document.getElementById('data').textContent);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let plots = [];
  const axis = (extra) => Object.assign({
    stroke: color('--muted'), grid: { stroke: color('--line'), width: 1 },
    ticks: { stroke: color('--line'), width: 1 }, font: '12px system-ui',
  }, extra);
  const line = (label, name, extra) => Object.assign({
    label, stroke: color(name), width: 1.5, points: { show: false },
  }, extra);
  const draw = () => {
    for (const plot of plots) plot.destroy();
    plots = [];
    reports.forEach((report, index) => {
      const { times, equity, buyAndHold, drawdownPercent } = report.curve;
      const seconds = times.map((time) => time / 1000);
      const base = (host, height) => ({
        width: Math.max(280, host.clientWidth), height,
        tzDate: (ts) => uPlot.tzDate(new Date(ts * 1e3), 'Etc/UTC'),
        cursor: { sync: { key: 'report' + index } }, legend: { live: true },
      });
      const money = document.getElementById('equity' + index);
      const hasHold = buyAndHold.length > 0;
      plots.push(new uPlot(Object.assign(base(money, 280), {
        axes: [axis(), axis({ size: 84 })],
        series: [{ label: 'Time (UTC)' }, line('Equity', '--accent', { fill: color('--fill') })]
          .concat(hasHold ? [line('Buy and hold', '--second', { dash: [4, 3] })] : []),
      }), [seconds, equity.map(Number)].concat(hasHold ? [buyAndHold.map(Number)] : []), money));
      const water = document.getElementById('drawdown' + index);
      plots.push(new uPlot(Object.assign(base(water, 150), {
        axes: [axis(), axis({ size: 84, values: (u, values) => values.map((v) => v + ' %') })],
        series: [{ label: 'Time (UTC)' },
          line('Drawdown %', '--down', { fill: color('--downfill') })],
      }), [seconds, drawdownPercent], water));
    });
  };
  draw();
  let waiting = 0;
  addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(draw, 100); });
  dark.addEventListener('change', draw);
})();
`;
