import { defineConfig } from 'vite';

// One entry per direction and per island. The manifest tells the templates the hashed names.
export default defineConfig({
  base: './',
  publicDir: false,
  // The form editor brings a copy of its own and would not understand what its viewer draws with ours.
  resolve: { dedupe: ['preact'] },
  build: {
    manifest: 'manifest.json',
    license: { fileName: 'licences.md' },
    emptyOutDir: true,
    assetsInlineLimit: 0,
    cssTarget: ['chrome125', 'firefox125', 'safari17.5'],
    chunkSizeWarningLimit: 2500,
    rolldownOptions: {
      // htmx carries an eval for hx-on; pages switch it off (allowEval false) and the Content-Security-Policy forbids it.
      checks: { eval: false },
      input: [
        'src/css/ltr.css', 'src/css/rtl.css', 'src/js/page.js', 'src/js/worklist.js', 'src/js/diagram.js', 'src/js/difference.js',
        ...['table', 'process', 'form', 'letter', 'grid', 'text'].flatMap((editor) => [`src/js/${editor}.js`, `src/css/studio-${editor}.css`]),
      ],
    },
  },
});
