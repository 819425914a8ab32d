@rem The command line of AgentCoord, on the runtime of the installed app.
@setlocal
@set ELECTRON_RUN_AS_NODE=1
@"%~dp0AgentCoord.exe" "%~dp0resources\app\out\main\cli.js" %*
