#!/usr/bin/env node
// Answers the command lines of AIVideoMaker's published scripts as they stand, with one JSON reply:
//
//   node scripts/run-workflow.mjs --model MODEL --payload JSON
//   node scripts/run-workflow.mjs --action getStatus|getTask|cancelTask --taskId ID
//
// The key comes from AIVIDEO_API_KEY; AIVIDEO_TIMEOUT_MS and AIVIDEO_MAX_RETRIES are the time and the retries of single requests. What is made is
// kept in the task store (GENTASK_STORE, else the user's own), so that an answer that is lost loses no task: on a runtime without SQLite, such as
// Node 20, a generation is therefore refused before anything is sent, while tasks can be asked for and cancelled.

import { command } from "../dist/command/command.js";

process.exit(await command(["--json", ...process.argv.slice(2)]));
