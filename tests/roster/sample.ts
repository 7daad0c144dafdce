import { fileURLToPath } from 'node:url'
import { readRosterFolder } from '../../src/roster/read.ts'

/** The folder of the sample roster: 4 compounds, 78 buildings, 48 invented members. */
export const sampleFolder = fileURLToPath(new URL('../../db/roster', import.meta.url))

/** The sample roster, read once a test file. */
export const sample = readRosterFolder(sampleFolder)
