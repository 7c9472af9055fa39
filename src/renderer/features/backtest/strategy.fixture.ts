import type { StrategyDescription } from '#contract/requests.ts';

const parameter = {
  ...{ label: '', description: '', unit: '', minimum: null, maximum: null, options: null },
  whileRunning: null,
};

/** One parameter of each kind. */
export const everyKind: StrategyDescription = {
  id: 'every',
  name: 'Every',
  description: '',
  parameters: [
    { ...parameter, name: 'fast', kind: 'integer', default: 5, minimum: 1, maximum: 50 },
    { ...parameter, name: 'spacing', kind: 'number', default: 20, minimum: 0.1 },
    { ...parameter, name: 'quantity', kind: 'decimal', default: '0.01' },
    { ...parameter, name: 'average', kind: 'choice', default: 'SMA', options: ['SMA', 'EMA'] },
    { ...parameter, name: 'isPatient', kind: 'boolean', default: false },
  ],
};
