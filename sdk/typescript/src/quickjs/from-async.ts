import './own-jobs.js';
import 'core-js/modules/es.array.from-async.js';
