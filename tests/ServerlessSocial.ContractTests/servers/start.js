// Starts one of the servers on a free port of the loopback interface, says where, and ends when whoever started it is gone.
'use strict';

process.stdin.resume().on('end', () => process.exit());

const starts = {
  blobs() {
    process.argv.splice(2, 1, '--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent');
    require('azurite/dist/src/blob/main.js');
  },

  documents() {
    const server = require('@vercel/cosmosdb-server').createHttpsServer({ keepAlive: true });
    server.keepAliveTimeout = 120_000;
    server.listen(0, '127.0.0.1', () => console.log(`Listening on https://127.0.0.1:${server.address().port}`));
  },
};

starts[process.argv[2]]();
