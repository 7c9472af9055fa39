import { invariant } from '#domain/assert.ts';

type ClassName = string | false | null | undefined;

/** Binds a CSS module: `cx('row', isSelected && 'selected')`. A name that it lacks is a bug. */
export const bindClassNames =
  (module: Readonly<Record<string, string>>) =>
  (...names: ClassName[]): string => {
    const found: string[] = [];
    for (const name of names) {
      if (!name) continue;
      const scoped = module[name];
      invariant(scoped !== undefined, `no class .${name} in its CSS module`);
      found.push(scoped);
    }
    return found.join(' ');
  };
