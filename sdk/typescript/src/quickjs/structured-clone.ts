import './own-jobs.js';
import 'core-js/modules/web.structured-clone.js';
