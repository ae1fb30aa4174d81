#!/usr/bin/env node
// What `gentask` starts. It ends the process itself: connections that are kept open, or a submit that a person has left, would hold it.

import process from "node:process";
import { command } from "./command.js";

process.exit(await command(process.argv.slice(2)));
