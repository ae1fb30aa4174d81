const gentask = require("gentask");

import("./run.mjs").then(({ run }) => run(gentask)).then(console.log);
