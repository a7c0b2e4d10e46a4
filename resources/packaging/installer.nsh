# Included by electron-builder's own script. An update removes the old program silently, and nobody is told anything.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    ${ifNot} ${Silent}
      MessageBox MB_OK|MB_ICONINFORMATION "发票台已卸载。您的发票记录、PDF 和备份没有删除，仍在这个文件夹（重新安装后可继续使用，不再需要时请自行删除）：$\r$\n%APPDATA%\Fapiao Desk$\r$\n$\r$\nFapiao Desk is removed. Your records, PDFs and backups were not deleted. They stay in the folder above, are used again after a new installation, and are yours to delete when no longer wanted."
    ${endIf}
  ${endIf}
!macroend
