/** As much of npm's package-lock.json (version 3) as is needed to complete it. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly resolved?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
];

/** Optional packages that another one names with an exact version and the lock file does not have. */
export function missingPackages({ packages }: Lockfile): [name: string, locked: LockedPackage][] {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`])
      .filter(([name]) => !packages[`${parent}/node_modules/${name}`])
      .map(([name, version]): [string, LockedPackage] => [
        name,
        { version, ...platformOf(name), ...(dev && { dev }), optional: true },
      ]),
  );
}

export function completeLockfile(lockfile: Lockfile): { lockfile: Lockfile; added: string[] } {
  const missing = missingPackages(lockfile);
  const packages = {
    ...lockfile.packages,
    ...Object.fromEntries(missing.map(([name, locked]) => [`node_modules/${name}`, locked])),
  };
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    lockfile: { ...lockfile, packages: Object.fromEntries(sorted) },
    added: missing.map(([name]) => name),
  };
}

/** Read off the name (`@swc/core-linux-x64-gnu`), so that npm skips it on other platforms. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split('/').at(-1)?.split('-') ?? [];
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const abi = words.at(-1) ?? '';
  const libc = abi.startsWith('musl') ? ['musl'] : abi.startsWith('gnu') ? ['glibc'] : [];
  return {
    ...(cpu.length > 0 && { cpu }),
    ...(libc.length > 0 && { libc }),
    ...(os.length > 0 && { os }),
  };
}
