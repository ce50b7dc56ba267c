// Builds what the pages load into OUTDIR (first argument). Called by Maven; does nothing when nothing changed.
//   node build.mjs OUTDIR [PLAYWRIGHT_DIR]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync, copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const windows = process.platform === 'win32';
const [outArgument, playwrightArgument] = process.argv.slice(2);
if (!outArgument) stop('build.mjs needs the output folder as its first argument.');
const out = resolve(outArgument);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Jabr needs Node 20.19 or newer to build its pages; this is ${process.versions.node}. Install a newer one, or build without pages: -Dui.skip=true.`);
}

checkVersions();
install();
if (playwrightArgument) linkPlaywright(resolve(playwrightArgument));
await bundle();

/** Every direct dependency is pinned exactly, and the lock names no registry: it installs from wherever npm points. */
function checkVersions() {
  const declared = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  for (const [name, version] of Object.entries({ ...declared.dependencies, ...declared.devDependencies })) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) stop(`package.json must pin ${name} exactly, not as "${version}".`);
  }
  const lock = JSON.parse(readFileSync(join(here, 'package-lock.json'), 'utf8'));
  for (const [name, entry] of Object.entries(lock.packages)) {
    if (entry.resolved) stop(`package-lock.json names a registry host for ${name}; remove its "resolved" line.`);
  }
}

function install() {
  const wanted = hash(['package-lock.json', 'package.json', '.npmrc']);
  const marker = join(here, 'node_modules', '.jabr-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  const npm = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], { cwd: here, stdio: 'inherit', shell: windows });
  if (npm.error) stop('Jabr needs npm (it comes with Node) to build its pages. Install it, or build without pages: -Dui.skip=true.');
  if (npm.status !== 0) stop('npm ci failed; its own message is above.');
  writeFileSync(marker, wanted);
}

async function bundle() {
  const inputs = hash([...files('src'), ...files('test'), 'vite.config.mjs', 'package-lock.json', 'build.mjs']);
  const stamp = join(out, '.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  check();
  const { build } = await import(pathToFileURL(join(here, 'node_modules', 'vite', 'dist', 'node', 'index.js')));
  await build({ root: here, logLevel: 'warn', build: { outDir: out } });
  for (const name of ['bootstrap', '@fontsource/ibm-plex-sans', '@fontsource/ibm-plex-sans-arabic']) {
    const text = readFileSync(join(here, 'node_modules', ...name.split('/'), 'LICENSE'), 'utf8');
    appendFileSync(join(out, 'licences.md'), `\n## ${name}\n\n${text}`);
  }
  writeFileSync(stamp, inputs);
}

/** The editors must write files back as they stood; seen with the files that ship. */
function check() {
  const tests = spawnSync(process.execPath, ['--test', '--test-reporter=dot', 'test/'], { cwd: here, encoding: 'utf8' });
  if (tests.status !== 0) stop(`A test of the pages' scripts failed:\n${tests.stdout}${tests.stderr}`);
}

/** What Playwright for Java looks for in place of its driver bundle: `node` and `package`. */
function linkPlaywright(folder) {
  mkdirSync(folder, { recursive: true });
  const node = join(folder, windows ? 'node.exe' : 'node');
  if (!present(node)) windows ? copyFileSync(process.execPath, node) : symlinkSync(process.execPath, node);
  const driver = join(folder, 'package');
  if (!existsSync(driver)) {
    rmSync(driver, { force: true });
    symlinkSync(join(here, 'node_modules', 'playwright-core'), driver, 'junction');
  }
}

function present(path) {
  if (existsSync(path)) return true;
  rmSync(path, { force: true });
  return false;
}

function files(folder) {
  return readdirSync(join(here, folder))
    .sort()
    .flatMap((name) => {
      const path = `${folder}/${name}`;
      return lstatSync(join(here, path)).isDirectory() ? files(path) : [path];
    });
}

function hash(paths) {
  const sum = createHash('sha256');
  for (const path of paths) sum.update(path).update('\0').update(readFileSync(join(here, path))).update('\0');
  return sum.digest('hex');
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
