<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About sr_desktop</source>
        <translation>关于 sr_desktop</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy Versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>Makes pictures larger with the FSRCNN network: faithfully, without inventing detail. Everything happens on this computer.</source>
        <translation>用 FSRCNN 网络放大图片：忠实于原图，不臆造细节。一切都在本机完成。</translation>
    </message>
    <message>
        <source>The program is under the MIT licence; Qt and the other libraries are under their own. The standard models learned from photographs under free licences, which the documentation names.</source>
        <translation>本程序采用 MIT 许可证；Qt 和其他库采用各自的许可证。标准模型只从自由许可的照片中学习，照片列于文档中。</translation>
    </message>
    <message>
        <source>sr_desktop {}</source>
        <translation>sr_desktop {}</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Close Picture</source>
        <translation>关闭图片(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy Result</source>
        <translation>复制结果(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Divider</source>
        <translation>分隔线(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Documentation</source>
        <translation>文档(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Double Pixels</source>
        <translation>两倍像素(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Licences</source>
        <translation>许可证(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Next Picture</source>
        <translation>下一张图片(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Real Pixels</source>
        <translation>实际像素(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Side by Side</source>
        <translation>并排(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Upscale</source>
        <translation>放大(&amp;U)</translation>
    </message>
    <message>
        <source>Before and after in one pane, with a divider to move</source>
        <translation>放大前后同在一个窗格，用可拖动的分隔线对比</translation>
    </message>
    <message>
        <source>Before and after side by side</source>
        <translation>放大前后并排显示</translation>
    </message>
    <message>
        <source>Close the picture that is shown</source>
        <translation>关闭当前图片</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Copy the result</source>
        <translation>复制结果</translation>
    </message>
    <message>
        <source>De&amp;tails</source>
        <translation>详细信息(&amp;T)</translation>
    </message>
    <message>
        <source>Language, theme, where results are saved</source>
        <translation>语言、主题、结果的保存位置</translation>
    </message>
    <message>
        <source>List what of the picture is kept and what is changed</source>
        <translation>列出图片中哪些内容保留、哪些改变</translation>
    </message>
    <message>
        <source>Make the picture larger with these options</source>
        <translation>按这些选项放大图片</translation>
    </message>
    <message>
        <source>One pixel of the result is one of the screen</source>
        <translation>结果的一个像素对应屏幕的一个像素</translation>
    </message>
    <message>
        <source>One pixel of the result is two by two of the screen</source>
        <translation>结果的一个像素对应屏幕的 2×2 个像素</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Open a picture that comes with the program</source>
        <translation>打开程序自带的图片</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open the Sa&amp;mple</source>
        <translation>打开示例图片(&amp;M)</translation>
    </message>
    <message>
        <source>Open the folder with the saved result</source>
        <translation>打开结果所在的文件夹</translation>
    </message>
    <message>
        <source>Open the picture on the clipboard</source>
        <translation>打开剪贴板中的图片</translation>
    </message>
    <message>
        <source>Open what was open before</source>
        <translation>打开以前打开过的图片</translation>
    </message>
    <message>
        <source>Original as &amp;Pixels</source>
        <translation>原图显示为像素(&amp;P)</translation>
    </message>
    <message>
        <source>P&amp;revious Picture</source>
        <translation>上一张图片(&amp;R)</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>首选项(&amp;F)…</translation>
    </message>
    <message>
        <source>Read about what is shown here</source>
        <translation>阅读有关当前内容的说明</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save &amp;Diagnostics…</source>
        <translation>保存诊断信息(&amp;D)…</translation>
    </message>
    <message>
        <source>Save A&amp;ll</source>
        <translation>全部保存(&amp;L)</translation>
    </message>
    <message>
        <source>Save every result beside its original</source>
        <translation>将每个结果保存到其原图旁边</translation>
    </message>
    <message>
        <source>Save one file with what a report needs; nothing is sent</source>
        <translation>将报告问题所需的内容保存为一个文件；不会发送任何数据</translation>
    </message>
    <message>
        <source>Save the result beside the original</source>
        <translation>将结果保存到原图旁边</translation>
    </message>
    <message>
        <source>Save the result where you want it</source>
        <translation>将结果保存到指定位置</translation>
    </message>
    <message>
        <source>Save {} beside the original</source>
        <translation>将 {} 保存到原图旁边</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Show in &amp;Folder</source>
        <translation>在文件夹中显示(&amp;F)</translation>
    </message>
    <message>
        <source>Show it larger</source>
        <translation>放大显示</translation>
    </message>
    <message>
        <source>Show it smaller</source>
        <translation>缩小显示</translation>
    </message>
    <message>
        <source>Show the original&apos;s own pixels instead of bicubic</source>
        <translation>显示原图本身的像素，而不是双三次插值</translation>
    </message>
    <message>
        <source>Show the picture after</source>
        <translation>显示下一张图片</translation>
    </message>
    <message>
        <source>Show the picture before</source>
        <translation>显示上一张图片</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Stop what is under way</source>
        <translation>停止正在进行的工作</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Under which terms the libraries come</source>
        <translation>各个库的许可条款</translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Versions and terms</source>
        <translation>版本与条款</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大显示(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小显示(&amp;O)</translation>
    </message>
</context>
<context>
    <name>CheckStep</name>
    <message>
        <source>Depends on the picture</source>
        <translation>随图片而变</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Inside the network</source>
        <translation>网络内部</translation>
    </message>
    <message>
        <source>It can be started, but there is something to think about.</source>
        <translation>可以开始，但有些地方值得考虑。</translation>
    </message>
    <message>
        <source>It can be started. There is a remark.</source>
        <translation>可以开始。有一条提示。</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Loading the trainer</source>
        <translation>正在载入训练程序</translation>
    </message>
    <message>
        <source>Looking at it before the first step…</source>
        <translation>正在第一步之前检查…</translation>
    </message>
    <message>
        <source>Nothing is wrong with this start.</source>
        <translation>这样开始没有问题。</translation>
    </message>
    <message>
        <source>Reading the pictures: {} of {}</source>
        <translation>正在读取图片：{} / {}</translation>
    </message>
    <message>
        <source>Sending a first batch through the network, and measuring the pace</source>
        <translation>正在让第一批数据通过网络，并测量速度</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>Something has to be changed first.</source>
        <translation>需要先改动一些地方。</translation>
    </message>
    <message>
        <source>This can&apos;t be trained yet.</source>
        <translation>现在还不能训练。</translation>
    </message>
    <message>
        <source>about {} of training</source>
        <translation>训练约需 {}</translation>
    </message>
    <message>
        <source>{} left out</source>
        <translation>略去 {} 张</translation>
    </message>
    <message>
        <source>{} pictures to learn from, {} to check on</source>
        <translation>{} 张图片用于学习，{} 张用于检验</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Pasted {}</source>
        <translation>粘贴 {}</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Saved as {}</source>
        <translation>已保存为 {}</translation>
    </message>
    <message>
        <source>That can&apos;t be opened.</source>
        <translation>无法打开。</translation>
    </message>
    <message>
        <source>The picture from the other program can&apos;t be read.</source>
        <translation>无法读取来自其他程序的图片。</translation>
    </message>
    <message>
        <source>{} is saved, with changes.</source>
        <translation>{} 已保存，但有改动。</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Before and after</source>
        <translation>放大前后</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Curves of the training</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>Held-out PSNR, dB</source>
        <translation>留出图片的 PSNR（dB）</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>双三次插值</translation>
    </message>
    <message>
        <source>the model it began with</source>
        <translation>起始模型</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>A result of this size is not possible.</source>
        <translation>无法得到这种尺寸的结果。</translation>
    </message>
    <message>
        <source>Beside the picture itself there is nothing to keep.</source>
        <translation>除图片本身外，没有需要保留的内容。</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改变</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>无法读取。</translation>
    </message>
    <message>
        <source>It has not been read yet.</source>
        <translation>尚未读取。</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Nothing but the size.</source>
        <translation>除尺寸外没有改变。</translation>
    </message>
    <message>
        <source>Saved as {}</source>
        <translation>已保存为 {}</translation>
    </message>
    <message>
        <source>This result was made before; what it kept was not noted.</source>
        <translation>此结果是以前生成的；没有记录保留了哪些内容。</translation>
    </message>
    <message>
        <source>What is kept and what is changed</source>
        <translation>保留和改变的内容</translation>
    </message>
    <message>
        <source>When saved as {}</source>
        <translation>保存为 {} 时</translation>
    </message>
</context>
<context>
    <name>DetailsWords</name>
    <message>
        <source>All frames and their times</source>
        <translation>所有帧及其时间</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>所有页</translation>
    </message>
    <message>
        <source>Camera, dates, place and maker notes (EXIF)</source>
        <translation>相机、日期、地点和厂商注释（EXIF）</translation>
    </message>
    <message>
        <source>Caption and keywords (IPTC)</source>
        <translation>标题和关键词（IPTC）</translation>
    </message>
    <message>
        <source>Colour profile (ICC): {}</source>
        <translation>颜色配置文件（ICC）：{}</translation>
    </message>
    <message>
        <source>Depth: {}</source>
        <translation>位深：{}</translation>
    </message>
    <message>
        <source>Description, rights and edits (XMP)</source>
        <translation>说明、版权和编辑信息（XMP）</translation>
    </message>
    <message>
        <source>Plain grey, one channel</source>
        <translation>纯灰度，单通道</translation>
    </message>
    <message>
        <source>Resolution: {} pixels per inch</source>
        <translation>分辨率：每英寸 {} 像素</translation>
    </message>
    <message>
        <source>Text in the file</source>
        <translation>文件中的文字</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>透明度</translation>
    </message>
    <message>
        <source>What the PNG file says about its colours</source>
        <translation>PNG 文件中的颜色说明</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>&amp;Leave out my user name and where my home folder is</source>
        <translation>略去我的用户名和主文件夹的位置(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>One file with what helps to find a fault: versions, devices, folders, the settings, the last logs, and where the program was if it crashed. No pictures. Look into it before you give it to anyone; the program sends nothing.</source>
        <translation>一个有助于查找故障的文件：版本、设备、文件夹、设置、最近的日志，以及程序崩溃时所在的位置。不含图片。交给别人之前请先看一看；程序不会发送任何内容。</translation>
    </message>
    <message>
        <source>Save Diagnostics</source>
        <translation>保存诊断信息</translation>
    </message>
    <message>
        <source>Zip archives</source>
        <translation>Zip 压缩文件</translation>
    </message>
</context>
<context>
    <name>Draft</name>
    <message>
        <source>Choose a folder of pictures first.</source>
        <translation>请先选择一个图片文件夹。</translation>
    </message>
    <message>
        <source>Say how long the training shall take, in steps or in minutes.</source>
        <translation>请指定训练的长度，以步数或分钟计。</translation>
    </message>
    <message>
        <source>The model to start from is not there any more.</source>
        <translation>作为起点的模型已经不在了。</translation>
    </message>
</context>
<context>
    <name>Drops</name>
    <message>
        <source>None of these {} files is a picture of a kind known here: {}.</source>
        <translation>这 {} 个文件都不是可识别的图片：{}。</translation>
    </message>
    <message>
        <source>That is a web address. Save the picture to this computer first.</source>
        <translation>这是一个网址。请先把图片保存到本机。</translation>
    </message>
    <message>
        <source>There is no picture in it.</source>
        <translation>其中没有图片。</translation>
    </message>
    <message>
        <source>{} is not a picture of a kind known here: {}.</source>
        <translation>{} 不是可识别的图片：{}。</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Drop a picture here</source>
        <translation>把图片拖到这里</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, TIFF, BMP, AVIF or GIF. One, several, or a folder of them; pasting works too.</source>
        <translation>PNG、JPEG、WebP、TIFF、BMP、AVIF 或 GIF。一张、多张或整个文件夹；也可以粘贴。</translation>
    </message>
    <message>
        <source>Try a sample</source>
        <translation>试试示例</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>PSNR (dB)</source>
        <translation>PSNR（dB）</translation>
    </message>
    <message>
        <source>at most (dB)</source>
        <translation>至多（dB）</translation>
    </message>
    <message>
        <source>below the best (dB)</source>
        <translation>低于最佳（dB）</translation>
    </message>
    <message>
        <source>best PSNR (dB)</source>
        <translation>最佳 PSNR（dB）</translation>
    </message>
    <message>
        <source>best step</source>
        <translation>最佳步数</translation>
    </message>
    <message>
        <source>change (dB)</source>
        <translation>变化（dB）</translation>
    </message>
    <message>
        <source>checks</source>
        <translation>检查次数</translation>
    </message>
    <message>
        <source>deviation at the start</source>
        <translation>初始偏差</translation>
    </message>
    <message>
        <source>expected gain (dB)</source>
        <translation>预期增益（dB）</translation>
    </message>
    <message>
        <source>fall of the loss per doubling of the steps (dB)</source>
        <translation>步数每翻一倍损失的下降（dB）</translation>
    </message>
    <message>
        <source>first at step</source>
        <translation>首次出现于步</translation>
    </message>
    <message>
        <source>gradient of the first layer</source>
        <translation>第一层的梯度</translation>
    </message>
    <message>
        <source>gradient over weight</source>
        <translation>梯度与权重之比</translation>
    </message>
    <message>
        <source>largest possible change of a weight</source>
        <translation>单个权重可能的最大变化</translation>
    </message>
    <message>
        <source>largest value</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>leaps</source>
        <translation>跳变次数</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>loss at first</source>
        <translation>起初的损失</translation>
    </message>
    <message>
        <source>loss over the first</source>
        <translation>损失与起初之比</translation>
    </message>
    <message>
        <source>loss over the lowest</source>
        <translation>损失与最低之比</translation>
    </message>
    <message>
        <source>loss ratio of the shallow bypass</source>
        <translation>浅层旁路的损失比</translation>
    </message>
    <message>
        <source>loss ratio on a single batch</source>
        <translation>单一批次上的损失比</translation>
    </message>
    <message>
        <source>losses not finite</source>
        <translation>非有限的损失个数</translation>
    </message>
    <message>
        <source>noise (dB)</source>
        <translation>噪声（dB）</translation>
    </message>
    <message>
        <source>over so many steps</source>
        <translation>跨越步数</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片数</translation>
    </message>
    <message>
        <source>pictures not finite</source>
        <translation>含非有限值的图片数</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素数</translation>
    </message>
    <message>
        <source>share explained by bicubic</source>
        <translation>双三次插值可解释的比例</translation>
    </message>
    <message>
        <source>share of dead channels</source>
        <translation>失效通道的比例</translation>
    </message>
    <message>
        <source>share without detail</source>
        <translation>无细节的比例</translation>
    </message>
    <message>
        <source>signal kept per layer</source>
        <translation>每层保留的信号</translation>
    </message>
    <message>
        <source>smallest correlation</source>
        <translation>最小相关系数</translation>
    </message>
    <message>
        <source>smallest value</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>spread of the output</source>
        <translation>输出的离散度</translation>
    </message>
    <message>
        <source>spread of the output over that of the pictures</source>
        <translation>输出与图片的离散度之比</translation>
    </message>
    <message>
        <source>spread of the pictures</source>
        <translation>图片的离散度</translation>
    </message>
    <message>
        <source>spread of the shifts (pixels)</source>
        <translation>位移的离散度（像素）</translation>
    </message>
    <message>
        <source>standard error</source>
        <translation>标准误差</translation>
    </message>
    <message>
        <source>standard error (dB)</source>
        <translation>标准误差（dB）</translation>
    </message>
    <message>
        <source>the loss fell since by</source>
        <translation>此后损失下降</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>窗口数</translation>
    </message>
</context>
<context>
    <name>Expert</name>
    <message>
        <source>*.gif, scans/bad.png; of pictures and folders to leave out.</source>
        <translation>如 *.gif, scans/bad.png；要排除的图片和文件夹。</translation>
    </message>
    <message>
        <source>0 if the length is given in minutes.</source>
        <translation>若以分钟指定长度，则为 0。</translation>
    </message>
    <message>
        <source>0 if the length is given in steps.</source>
        <translation>若以步数指定长度，则为 0。</translation>
    </message>
    <message>
        <source>Decay of the average of the weights that is judged and kept; 0 for none.</source>
        <translation>用于评判并保留的权重平均值的衰减；0 表示不用。</translation>
    </message>
    <message>
        <source>FSRCNN-s, a third of the size; from scratch only.</source>
        <translation>FSRCNN-s，大小为三分之一；只能从零开始。</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0 leaves it alone.</source>
        <translation>梯度的最大范数；0 表示不限制。</translation>
    </message>
    <message>
        <source>Learn from smaller copies of the pictures, too.</source>
        <translation>也从图片的缩小副本中学习。</translation>
    </message>
    <message>
        <source>Of AdamW and SGD.</source>
        <translation>用于 AdamW 和 SGD。</translation>
    </message>
    <message>
        <source>Of SGD.</source>
        <translation>用于 SGD。</translation>
    </message>
    <message>
        <source>Of a network that begins from scratch.</source>
        <translation>用于从零开始的网络。</translation>
    </message>
    <message>
        <source>Of every layer, for “normal”.</source>
        <translation>用于“normal”时的每一层。</translation>
    </message>
    <message>
        <source>Patches per step.</source>
        <translation>每一步的图块数。</translation>
    </message>
    <message>
        <source>Share of the pictures that are only looked at, from 0 to 0.9.</source>
        <translation>只用来检验的图片所占的比例，0 到 0.9。</translation>
    </message>
    <message>
        <source>Side in pixels of the small picture.</source>
        <translation>小图的边长，以像素计。</translation>
    </message>
    <message>
        <source>The highest; 0 lets the program choose.</source>
        <translation>最高值；0 表示由程序选择。</translation>
    </message>
    <message>
        <source>The same seed and pictures give the same run on a CPU.</source>
        <translation>在 CPU 上，相同的种子和图片得到相同的训练。</translation>
    </message>
    <message>
        <source>Wider layers while training, multiplied out in the end; 0 for none.</source>
        <translation>训练时加宽各层，最后再合并；0 表示不用。</translation>
    </message>
    <message>
        <source>With a constant rate the monitor can tell what going on would bring.</source>
        <translation>学习率恒定时，监视器可以预测继续训练会带来什么。</translation>
    </message>
    <message>
        <source>With “psnr” a decibel counts the same in every patch.</source>
        <translation>选择“psnr”时，每个图块中的一分贝同等重要。</translation>
    </message>
    <message>
        <source>blur:0.2-1, noise:0-3, jpeg:40-95; nothing for clean pictures.</source>
        <translation>blur:0.2-1, noise:0-3, jpeg:40-95；干净的图片请留空。</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>({} over {})</source>
        <translation>（{}，相对于{}）</translation>
    </message>
    <message>
        <source>Best so far</source>
        <translation>目前最佳</translation>
    </message>
    <message>
        <source>Bicubic, base</source>
        <translation>双三次插值，基准</translation>
    </message>
    <message>
        <source>Going on</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>It did not help, so no model was written: the one you had is as good on your pictures.</source>
        <translation>没有改进，因此没有写出模型：原有的模型在您的图片上同样好。</translation>
    </message>
    <message>
        <source>Of {} that were asked for</source>
        <translation>要求的共 {}</translation>
    </message>
    <message>
        <source>On the pictures it is only checked on</source>
        <translation>在只用于检验的图片上</translation>
    </message>
    <message>
        <source>On the same pictures</source>
        <translation>在同样的图片上</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Plain bicubic does better, so don&apos;t use it: see what the monitor says.</source>
        <translation>普通的双三次插值效果更好，请不要使用它：请看监视器的说明。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>The difference is within what chance does ({}).</source>
        <translation>差别在偶然波动的范围内（{}）。</translation>
    </message>
    <message>
        <source>The model “{}” is in your list.</source>
        <translation>模型“{}”已在您的列表中。</translation>
    </message>
    <message>
        <source>The range holds the gain in four cases of five</source>
        <translation>五次中有四次，提升落在此范围内</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Too few checks so far, or something is wrong with the run</source>
        <translation>检验次数还太少，或训练出了问题</translation>
    </message>
    <message>
        <source>about {}</source>
        <translation>约 {}</translation>
    </message>
    <message>
        <source>at step {}</source>
        <translation>第 {} 步</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>双三次插值</translation>
    </message>
    <message>
        <source>can&apos;t be told yet</source>
        <translation>尚无法判断</translation>
    </message>
    <message>
        <source>the model it began with</source>
        <translation>起始模型</translation>
    </message>
    <message>
        <source>{} expected from {} more steps ({} to {})</source>
        <translation>再训练 {1} 步预计 {0}（{2} 到 {3}）</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} / {}</translation>
    </message>
    <message>
        <source>{} on pictures it never saw, {} against {}.</source>
        <translation>在从未见过的图片上达到 {}，{}（相对于{}）。</translation>
    </message>
    <message>
        <source>{} patches/s</source>
        <translation>{} 图块/秒</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Choose Another Format</source>
        <translation>选择其他格式</translation>
    </message>
    <message>
        <source>Open Pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save Result</source>
        <translation>保存结果</translation>
    </message>
    <message>
        <source>Save as {}, with changes?</source>
        <translation>保存为 {}？有些内容会改变</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add files or a folder</source>
        <translation>添加文件或文件夹</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find files</source>
        <translation>查找文件</translation>
    </message>
    <message>
        <source>Show only files in this state</source>
        <translation>只显示处于此状态的文件</translation>
    </message>
    <message>
        <source>Show only files whose name or result holds this</source>
        <translation>只显示名称或结果包含此内容的文件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>FolderActions</name>
    <message>
        <source>&amp;Add Files…</source>
        <translation>添加文件(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Close Batch</source>
        <translation>关闭批处理(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open Folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save List…</source>
        <translation>保存列表(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Try Three</source>
        <translation>试做三个(&amp;T)</translation>
    </message>
    <message>
        <source>Add F&amp;older…</source>
        <translation>添加文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Add pictures to the list</source>
        <translation>把图片添加到列表</translation>
    </message>
    <message>
        <source>Add the pictures of a folder</source>
        <translation>添加一个文件夹中的图片</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>Choose a folder to convert</source>
        <translation>选择要转换的文件夹</translation>
    </message>
    <message>
        <source>Choose the folder for results</source>
        <translation>选择保存结果的文件夹</translation>
    </message>
    <message>
        <source>Clear the list; results stay</source>
        <translation>清空列表；结果保留</translation>
    </message>
    <message>
        <source>Convert all files that wait</source>
        <translation>转换所有等候中的文件</translation>
    </message>
    <message>
        <source>Convert three files first, a small and a large one</source>
        <translation>先转换三个文件，其中有小有大</translation>
    </message>
    <message>
        <source>Finish what is at work and stop</source>
        <translation>完成正在处理的文件后停止</translation>
    </message>
    <message>
        <source>Finish what is at work, then let go of memory and cores</source>
        <translation>完成正在处理的文件，然后释放内存和处理器</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Leave the selected files out; nothing is deleted</source>
        <translation>略去所选文件；不会删除任何内容</translation>
    </message>
    <message>
        <source>Open the folder that the results go to</source>
        <translation>打开保存结果的文件夹</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>继续(&amp;E)</translation>
    </message>
    <message>
        <source>Re&amp;move from List</source>
        <translation>从列表中移除(&amp;M)</translation>
    </message>
    <message>
        <source>Save what became of each file as a table (CSV)</source>
        <translation>把每个文件的处理情况保存为表格（CSV）</translation>
    </message>
    <message>
        <source>Show &amp;Results</source>
        <translation>显示结果(&amp;R)</translation>
    </message>
    <message>
        <source>Stop &amp;After This File</source>
        <translation>完成此文件后停止(&amp;A)</translation>
    </message>
    <message>
        <source>Stop &amp;Now</source>
        <translation>立即停止(&amp;N)</translation>
    </message>
    <message>
        <source>Stop at once; what is at work can be started again</source>
        <translation>立即停止；正在处理的文件可以重新开始</translation>
    </message>
    <message>
        <source>Try &amp;Failed Again</source>
        <translation>重试失败的文件(&amp;F)</translation>
    </message>
    <message>
        <source>Try all files again that failed</source>
        <translation>重试所有失败的文件</translation>
    </message>
</context>
<context>
    <name>FolderClosing</name>
    <message>
        <source>Close the window?</source>
        <translation>关闭窗口？</translation>
    </message>
    <message>
        <source>Finish This File and Close</source>
        <translation>完成此文件后关闭</translation>
    </message>
    <message>
        <source>Go On Converting</source>
        <translation>继续转换</translation>
    </message>
    <message>
        <source>Pictures are being converted.</source>
        <translation>正在转换图片。</translation>
    </message>
    <message>
        <source>Stop Now and Close</source>
        <translation>立即停止并关闭</translation>
    </message>
    <message>
        <source>What is finished stays. What is left can be gone on with the next time; nothing is half-written.</source>
        <translation>已完成的会保留。其余的下次可以继续；不会留下写了一半的文件。</translation>
    </message>
</context>
<context>
    <name>FolderCommands</name>
    <message>
        <source>Choose a Folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose the Folder for Results</source>
        <translation>选择保存结果的文件夹</translation>
    </message>
    <message>
        <source>That can&apos;t be converted.</source>
        <translation>无法转换。</translation>
    </message>
</context>
<context>
    <name>FolderDialogs</name>
    <message>
        <source>Save List</source>
        <translation>保存列表</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>{}
Result: {}</source>
        <translation>{}
结果：{}</translation>
    </message>
</context>
<context>
    <name>FolderPage</name>
    <message>
        <source>&amp;Batch</source>
        <translation>批处理(&amp;B)</translation>
    </message>
    <message>
        <source>Drop to add it to the list</source>
        <translation>松开以添加到列表</translation>
    </message>
    <message>
        <source>Drop to see what will be done</source>
        <translation>松开以查看将要进行的处理</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>正在收尾…</translation>
    </message>
    <message>
        <source>Looking at {} of {}</source>
        <translation>正在查看 {} / {}</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Pausing after what is at work…</source>
        <translation>完成正在处理的文件后暂停…</translation>
    </message>
    <message>
        <source>There are no pictures here.</source>
        <translation>这里没有图片。</translation>
    </message>
    <message>
        <source>There is no file in it. Drop it on the page for pictures.</source>
        <translation>其中没有文件。请把它拖到“图片”页面。</translation>
    </message>
    <message>
        <source>finishing what is at work</source>
        <translation>正在完成处理中的文件</translation>
    </message>
    <message>
        <source>“{}” was not finished the last time. What is done is kept.</source>
        <translation>“{}”上次没有完成。已完成的部分已保留。</translation>
    </message>
</context>
<context>
    <name>FolderPart</name>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Make whole folders larger</source>
        <translation>放大整个文件夹</translation>
    </message>
</context>
<context>
    <name>FolderSetup</name>
    <message>
        <source>&amp;Names</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Results in</source>
        <translation>结果保存到(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Take</source>
        <translation>选取(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>写入(&amp;W)</translation>
    </message>
    <message>
        <source>All results in one folder</source>
        <translation>所有结果放在一个文件夹中</translation>
    </message>
    <message>
        <source>But not names like</source>
        <translation>但不包括这样的名称</translation>
    </message>
    <message>
        <source>Dates of the originals</source>
        <translation>保留原图的日期</translation>
    </message>
    <message>
        <source>Existing results</source>
        <translation>已有的结果</translation>
    </message>
    <message>
        <source>Files and folders to leave out, such as *_old* or drafts</source>
        <translation>要略去的文件和文件夹，例如 *_old* 或 drafts</translation>
    </message>
    <message>
        <source>Folder for results</source>
        <translation>保存结果的文件夹</translation>
    </message>
    <message>
        <source>Folders in folders</source>
        <translation>包括子文件夹</translation>
    </message>
    <message>
        <source>For JPEG, WebP and AVIF; lower is smaller</source>
        <translation>用于 JPEG、WebP 和 AVIF；数值越低文件越小</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Format of results</source>
        <translation>结果的格式</translation>
    </message>
    <message>
        <source>Keep what is there, and say so</source>
        <translation>保留已有的文件，并加以说明</translation>
    </message>
    <message>
        <source>Leave out camera, dates, place and texts</source>
        <translation>去掉相机、日期、地点和文字信息</translation>
    </message>
    <message>
        <source>Make no folders like those of the originals</source>
        <translation>不按原图的文件夹结构建立文件夹</translation>
    </message>
    <message>
        <source>Names of results</source>
        <translation>结果的名称</translation>
    </message>
    <message>
        <source>Only names like</source>
        <translation>只包括这样的名称</translation>
    </message>
    <message>
        <source>Other programs first</source>
        <translation>优先其他程序</translation>
    </message>
    <message>
        <source>Patterns such as *.jpg or scans/*, with spaces between them</source>
        <translation>*.jpg 或 scans/* 之类的模式，以空格分隔</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quality </source>
        <translation>质量 </translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>替换已有的文件</translation>
    </message>
    <message>
        <source>Results get the dates of their originals</source>
        <translation>结果沿用原图的日期</translation>
    </message>
    <message>
        <source>Same format</source>
        <translation>相同格式</translation>
    </message>
    <message>
        <source>Skip what is there</source>
        <translation>跳过已有的文件</translation>
    </message>
    <message>
        <source>Slower while you work with others</source>
        <translation>您使用其他程序时会慢一些</translation>
    </message>
    <message>
        <source>Take the pictures in folders below, too</source>
        <translation>也包括下级文件夹中的图片</translation>
    </message>
    <message>
        <source>Usual quality</source>
        <translation>常用质量</translation>
    </message>
    <message>
        <source>What becomes of files that are there already</source>
        <translation>如何处理已有的文件</translation>
    </message>
    <message>
        <source>What names can hold</source>
        <translation>名称中可以使用的内容</translation>
    </message>
    <message>
        <source>Without camera data</source>
        <translation>不含相机数据</translation>
    </message>
    <message>
        <source>all pictures</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>beside the originals</source>
        <translation>原图旁边</translation>
    </message>
    <message>
        <source>none left out</source>
        <translation>不略去</translation>
    </message>
</context>
<context>
    <name>FolderStart</name>
    <message>
        <source>All its pictures are made larger, into a folder beside it. You see first what will be done; it can be paused, stopped and gone on with at any time.</source>
        <translation>其中的所有图片都会放大，保存到旁边的文件夹中。您会先看到将要进行的处理；可以随时暂停、停止和继续。</translation>
    </message>
    <message>
        <source>Choose Files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose Folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>把文件夹拖到这里</translation>
    </message>
</context>
<context>
    <name>FolderTable</name>
    <message>
        <source>Files of the batch</source>
        <translation>批处理的文件</translation>
    </message>
    <message>
        <source>Show Before and After</source>
        <translation>显示放大前后</translation>
    </message>
</context>
<context>
    <name>FolderWords</name>
    <message numerus="yes">
        <source>%Ln earlier results left out</source>
        <translation>
            <numerusform>略去 %Ln 个以前的结果</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>All done</source>
        <translation>全部完成</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Failed in the last run: {}</source>
        <translation>上次运行失败：{}</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>TB</source>
        <translation>TB</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等候中</translation>
    </message>
    <message>
        <source>about {}</source>
        <translation>约 {}</translation>
    </message>
    <message>
        <source>about {} of {} free</source>
        <translation>约需 {}，可用 {}</translation>
    </message>
    <message>
        <source>about {}, only {} free</source>
        <translation>约需 {}，仅剩 {}</translation>
    </message>
    <message>
        <source>{} Skip or replace existing results, or choose another folder.</source>
        <translation>{} 请跳过或替换已有的结果，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>{} a minute</source>
        <translation>每分钟 {}</translation>
    </message>
    <message>
        <source>{} can&apos;t be converted</source>
        <translation>{} 个无法转换</translation>
    </message>
    <message>
        <source>{} done</source>
        <translation>完成 {}</translation>
    </message>
    <message>
        <source>{} failed</source>
        <translation>{} 个失败</translation>
    </message>
    <message>
        <source>{} is there already</source>
        <translation>{} 已存在</translation>
    </message>
    <message>
        <source>{} kB</source>
        <translation>{} kB</translation>
    </message>
    <message>
        <source>{} made</source>
        <translation>已生成 {}</translation>
    </message>
    <message>
        <source>{} megapixels a second</source>
        <translation>每秒 {} 百万像素</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} / {}</translation>
    </message>
    <message>
        <source>{} of {} failed</source>
        <translation>{1} 个中有 {0} 个失败</translation>
    </message>
    <message>
        <source>{} there already</source>
        <translation>已有 {} 个</translation>
    </message>
</context>
<context>
    <name>GoalStep</name>
    <message>
        <source>As set under Expert</source>
        <translation>按“专家”中的设置</translation>
    </message>
    <message>
        <source>Everything else that can be decided</source>
        <translation>其他一切可以决定的事项</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Nothing: learn from scratch</source>
        <translation>无：从零开始学习</translation>
    </message>
    <message>
        <source>Pictures become</source>
        <translation>图片放大</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Refining a model is quicker, and never makes it worse.</source>
        <translation>在已有模型上微调更快，而且绝不会使它变差。</translation>
    </message>
    <message>
        <source>Clean pictures: sharp, without traces of JPEG</source>
        <translation>干净的图片：清晰，没有 JPEG 痕迹</translation>
    </message>
    <message>
        <source>Like my camera&apos;s JPEGs: a little blurred, noisy, compressed</source>
        <translation>像我相机的 JPEG：略微模糊、有噪点、经过压缩</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>充分</translation>
    </message>
    <message>
        <source>What is made larger</source>
        <translation>要放大的内容</translation>
    </message>
    <message>
        <source>What the model will be called in the list of models.</source>
        <translation>模型在模型列表中的名称。</translation>
    </message>
    <message>
        <source>about {} here</source>
        <translation>在本机约需 {}</translation>
    </message>
    <message>
        <source>measuring this computer…</source>
        <translation>正在测量本机…</translation>
    </message>
    <message>
        <source>{} (comes with the program)</source>
        <translation>{}（程序自带）</translation>
    </message>
    <message>
        <source>{}: {} steps, {}</source>
        <translation>{}：{} 步，{}</translation>
    </message>
    <message>
        <source>{}× larger</source>
        <translation>放大 {} 倍</translation>
    </message>
    <message>
        <source>“{}” is not a number.</source>
        <translation>“{}”不是数字。</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Models on one picture</source>
        <translation>同一张图片上的各个模型</translation>
    </message>
</context>
<context>
    <name>Handle</name>
    <message>
        <source>Drag this to a folder or another program</source>
        <translation>把它拖到文件夹或其他程序</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>Libraries</source>
        <translation>库</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>No text of its licence came with it; its name is above.</source>
        <translation>没有附带许可证文本；其名称见上方。</translation>
    </message>
</context>
<context>
    <name>LossLine</name>
    <message>
        <source>When saved as {}:</source>
        <translation>保存为 {} 时：</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>All {} models are sound.</source>
        <translation>全部 {} 个模型都完好。</translation>
    </message>
    <message>
        <source>The list says why.</source>
        <translation>原因见列表。</translation>
    </message>
    <message>
        <source>{} is exported.</source>
        <translation>{} 已导出。</translation>
    </message>
    <message>
        <source>{} is in the list as {}.</source>
        <translation>{} 已以 {} 之名加入列表。</translation>
    </message>
    <message>
        <source>{} of {} models can&apos;t be used.</source>
        <translation>{1} 个模型中有 {0} 个不能使用。</translation>
    </message>
</context>
<context>
    <name>ModelsComparison</name>
    <message>
        <source>&amp;Fit</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Real Pixels</source>
        <translation>实际像素(&amp;R)</translation>
    </message>
    <message>
        <source>A smaller copy is enlarged and measured against the picture itself</source>
        <translation>把缩小的副本放大，再与图片本身比较</translation>
    </message>
    <message>
        <source>Back to the List</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>双三次插值</translation>
    </message>
    <message>
        <source>Choose a Picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Drop a picture here, or choose one</source>
        <translation>把图片拖到这里，或选择一张</translation>
    </message>
    <message>
        <source>Enlarge it, by eye</source>
        <translation>放大，目测比较</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>How they are compared</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>Make it smaller, then measure</source>
        <translation>缩小后再测量</translation>
    </message>
    <message>
        <source>Measure against an original…</source>
        <translation>与原图比较测量…</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>There is no truth to measure against</source>
        <translation>没有可供比较的真实图片</translation>
    </message>
    <message>
        <source>Upscaling…</source>
        <translation>正在放大…</translation>
    </message>
    <message>
        <source>You choose the larger picture that this one was made from</source>
        <translation>由您选择此图所来自的大图</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大显示(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小显示(&amp;O)</translation>
    </message>
</context>
<context>
    <name>ModelsDetails</name>
    <message>
        <source>About this model</source>
        <translation>关于此模型</translation>
    </message>
    <message>
        <source>Checksum (SHA-256)</source>
        <translation>校验和（SHA-256）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>学习来源</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>制作者</translation>
    </message>
    <message>
        <source>Makes pictures</source>
        <translation>图片放大</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>本机速度</translation>
    </message>
    <message>
        <source>Terms of these pictures</source>
        <translation>这些图片的条款</translation>
    </message>
    <message>
        <source>none measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>{} on {}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>{}× larger</source>
        <translation>放大 {} 倍</translation>
    </message>
</context>
<context>
    <name>ModelsDialogs</name>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Export Model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Import Model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Import Models</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Model of this program</source>
        <translation>本程序的模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>New name of {}:</source>
        <translation>{} 的新名称：</translation>
    </message>
    <message>
        <source>Rename Model</source>
        <translation>重命名模型</translation>
    </message>
    <message>
        <source>{} doesn&apos;t say its scale. It makes pictures</source>
        <translation>{} 没有说明其倍数。它把图片放大</translation>
    </message>
    <message>
        <source>{}× larger</source>
        <translation>放大 {} 倍</translation>
    </message>
</context>
<context>
    <name>ModelsList</name>
    <message>
        <source>Can&apos;t be used</source>
        <translation>不能使用</translation>
    </message>
    <message>
        <source>Mark up to {} models of one scale to compare them on a picture</source>
        <translation>标记最多 {} 个相同倍数的模型，在一张图片上比较</translation>
    </message>
    <message>
        <source>Megapixels of the result per second, measured on this computer</source>
        <translation>在本机测得的每秒结果百万像素数</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Peak signal-to-noise ratio on pictures that it did not learn from</source>
        <translation>在未学习过的图片上的峰值信噪比</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>本机速度</translation>
    </message>
    <message>
        <source>{}×</source>
        <translation>{}×</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>&amp;Compare on a Picture</source>
        <translation>在图片上比较(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Measure Speed</source>
        <translation>测量速度(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>校验(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Check that all models are whole and can be used</source>
        <translation>检查所有模型是否完整可用</translation>
    </message>
    <message>
        <source>Drop a picture file here.</source>
        <translation>请把图片文件拖到这里。</translation>
    </message>
    <message>
        <source>Drop to compare on this picture</source>
        <translation>松开以在此图片上比较</translation>
    </message>
    <message>
        <source>Drop to import</source>
        <translation>松开以导入</translation>
    </message>
    <message>
        <source>Give this model out, also for other programs</source>
        <translation>导出此模型，也可供其他程序使用</translation>
    </message>
    <message>
        <source>Look at what the marked models make of one picture</source>
        <translation>查看所标记的模型处理同一张图片的效果</translation>
    </message>
    <message>
        <source>Mark up to {} models of one scale to compare them on a picture.</source>
        <translation>标记最多 {} 个相同倍数的模型，在一张图片上比较。</translation>
    </message>
    <message>
        <source>Measure how fast the models are on this computer</source>
        <translation>测量各模型在本机上的速度</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Move this model to the recycle bin</source>
        <translation>把此模型移到回收站</translation>
    </message>
    <message>
        <source>No models of your own yet. Train one, or drop a .safetensors or .pth file of FSRCNN here.</source>
        <translation>还没有您自己的模型。请训练一个，或把 FSRCNN 的 .safetensors 或 .pth 文件拖到这里。</translation>
    </message>
    <message>
        <source>Only models can be taken here: .safetensors, or .pth of usual FSRCNN code.</source>
        <translation>这里只能导入模型：.safetensors，或常见 FSRCNN 代码的 .pth。</translation>
    </message>
    <message>
        <source>Take model files in; dropping them here works too</source>
        <translation>导入模型文件；也可以拖到这里</translation>
    </message>
    <message>
        <source>That can&apos;t be taken in.</source>
        <translation>无法导入。</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>正在处理…</translation>
    </message>
</context>
<context>
    <name>ModelsWords</name>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Photo model</source>
        <translation>照片模型</translation>
    </message>
    <message>
        <source>SSIM {}</source>
        <translation>SSIM {}</translation>
    </message>
    <message>
        <source>Small model</source>
        <translation>小模型</translation>
    </message>
    <message>
        <source>Standard model</source>
        <translation>标准模型</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>自己训练</translation>
    </message>
    <message>
        <source>With the program</source>
        <translation>程序自带</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>held-out pictures</source>
        <translation>留出图片</translation>
    </message>
    <message>
        <source>{} MP/s</source>
        <translation>{} MP/s</translation>
    </message>
    <message>
        <source>{} dB</source>
        <translation>{} dB</translation>
    </message>
    <message>
        <source>{} on {}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>{} {}×</source>
        <translation>{} {}×</translation>
    </message>
    <message>
        <source>{}, {} weights</source>
        <translation>{}，{} 个权重</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Open What Can Be Read</source>
        <translation>打开可读取的部分</translation>
    </message>
    <message>
        <source>Show the part that is not damaged</source>
        <translation>显示未损坏的部分</translation>
    </message>
    <message>
        <source>What a report needs</source>
        <translation>报告问题所需的内容</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>, over since step {}</source>
        <translation>，自第 {} 步起已消失</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Say no more about it in this run</source>
        <translation>本次训练不再提示</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>{} at step {}</source>
        <translation>{}，第 {} 步</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message numerus="yes">
        <source>%Ln of them failed.</source>
        <translation>
            <numerusform>其中 %Ln 张失败。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures are done.</source>
        <translation>
            <numerusform>%Ln 张图片已完成。</numerusform>
        </translation>
    </message>
    <message>
        <source>The larger picture is ready.</source>
        <translation>放大后的图片已就绪。</translation>
    </message>
</context>
<context>
    <name>OpenRun</name>
    <message>
        <source>Discard…</source>
        <translation>丢弃…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>The training of “{}” goes on in the background.</source>
        <translation>“{}”的训练正在后台进行。</translation>
    </message>
    <message>
        <source>The training of “{}” has not begun yet.</source>
        <translation>“{}”的训练尚未开始。</translation>
    </message>
    <message>
        <source>The training of “{}” was not finished. It came to step {}.</source>
        <translation>“{}”的训练没有完成，进行到第 {} 步。</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>OptionsBar</name>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>A graphics card if there is one that can be used</source>
        <translation>如果有可用的显卡，就用显卡</translation>
    </message>
    <message>
        <source>Best device</source>
        <translation>最佳设备</translation>
    </message>
    <message>
        <source>Best quality (8 passes)</source>
        <translation>最佳质量（8 遍）</translation>
    </message>
    <message>
        <source>Best: eight passes for each picture, in eight times the time</source>
        <translation>最佳：每张图片计算八遍，耗时八倍</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>How much larger, or which size the result has</source>
        <translation>放大多少倍，或结果的尺寸</translation>
    </message>
    <message>
        <source>Long side</source>
        <translation>长边</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Pixels along that side of the result</source>
        <translation>结果该边的像素数</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Standard model</source>
        <translation>标准模型</translation>
    </message>
    <message>
        <source>Standard quality</source>
        <translation>标准质量</translation>
    </message>
    <message>
        <source>The bundled {}</source>
        <translation>程序自带的 {}</translation>
    </message>
    <message>
        <source>The network that makes it larger</source>
        <translation>用来放大的网络</translation>
    </message>
    <message>
        <source>Where it is computed</source>
        <translation>在哪里计算</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>one of the next larger scale</source>
        <translation>下一个更大倍数的模型</translation>
    </message>
    <message>
        <source>{}× larger</source>
        <translation>放大 {} 倍</translation>
    </message>
</context>
<context>
    <name>Outgoing</name>
    <message>
        <source>Save it, or drag it to the other program.</source>
        <translation>请保存它，或把它拖到其他程序。</translation>
    </message>
    <message>
        <source>The result is too large for the clipboard.</source>
        <translation>结果太大，剪贴板放不下。</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Drop to open</source>
        <translation>松开以打开</translation>
    </message>
</context>
<context>
    <name>PastMenu</name>
    <message>
        <source>Another Run or Log…</source>
        <translation>其他训练或日志…</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有训练</translation>
    </message>
</context>
<context>
    <name>PhotoHint</name>
    <message>
        <source>Don&apos;t Suggest Again</source>
        <translation>不再建议</translation>
    </message>
    <message>
        <source>This JPEG was compressed hard (quality {}). The photo model takes such traces away.</source>
        <translation>此 JPEG 压缩得很厉害（质量 {}）。照片模型可以去除这样的痕迹。</translation>
    </message>
    <message>
        <source>Use the Photo Model</source>
        <translation>使用照片模型</translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>&amp;Picture</source>
        <translation>图片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>After</source>
        <translation>放大后</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>放大前</translation>
    </message>
    <message>
        <source>Drop to open</source>
        <translation>松开以打开</translation>
    </message>
    <message>
        <source>Drop to open the pictures in this folder</source>
        <translation>松开以打开此文件夹中的图片</translation>
    </message>
    <message>
        <source>Drop to open {} files</source>
        <translation>松开以打开 {} 个文件</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>No result</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>正在等候</translation>
    </message>
</context>
<context>
    <name>PicturesStep</name>
    <message numerus="yes">
        <source>%Ln of them are smaller than {} pixels on a side, too small for this goal; they are left out.</source>
        <translation>
            <numerusform>其中 %Ln 张的边长小于 {} 像素，对此目标来说太小，已略去。</numerusform>
        </translation>
    </message>
    <message>
        <source>At least two different pictures of {} pixels on each side are needed.</source>
        <translation>至少需要两张不同的、各边不小于 {} 像素的图片。</translation>
    </message>
    <message>
        <source>Choose a Folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Drop a folder of pictures here</source>
        <translation>把图片文件夹拖到这里</translation>
    </message>
    <message>
        <source>If you have small versions of the same pictures in another folder, they are taken as they are</source>
        <translation>如果同样的图片在另一个文件夹中有小图，则原样使用</translation>
    </message>
    <message>
        <source>Large pictures in one folder, small ones of the same names in another</source>
        <translation>大图在一个文件夹，同名的小图在另一个文件夹</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Other Folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Pictures that are used</source>
        <translation>所用的图片</translation>
    </message>
    <message>
        <source>Small Pictures…</source>
        <translation>小图…</translation>
    </message>
    <message>
        <source>The model learns to make pictures like these larger. The sharper and the more alike they are to those you want to enlarge, the better; some dozens are enough, subfolders are searched too. They are only read.</source>
        <translation>模型会学习放大这类图片。图片越清晰、与您要放大的图片越相似越好；几十张就够了，子文件夹也会搜索。这些图片只会被读取。</translation>
    </message>
    <message>
        <source>Two Folders in Pairs…</source>
        <translation>两个成对的文件夹…</translation>
    </message>
    <message>
        <source>Use All Again</source>
        <translation>重新使用全部</translation>
    </message>
    <message>
        <source>Use those again that were left out on purpose</source>
        <translation>重新使用被有意排除的图片</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Without Pairs</source>
        <translation>不用成对图片</translation>
    </message>
    <message>
        <source>from {} × {} to {} × {}</source>
        <translation>从 {} × {} 到 {} × {}</translation>
    </message>
    <message>
        <source>looking: {} of {}</source>
        <translation>正在查看：{} / {}</translation>
    </message>
    <message>
        <source>{} left out</source>
        <translation>略去 {} 张</translation>
    </message>
    <message>
        <source>{} megapixels</source>
        <translation>{} 百万像素</translation>
    </message>
    <message>
        <source>{} pictures can be used</source>
        <translation>{} 张图片可用</translation>
    </message>
    <message>
        <source>{} with small pictures from {}</source>
        <translation>{}，小图来自 {}</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>&amp;Beside the original</source>
        <translation>原图旁边(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Compute on:</source>
        <translation>计算设备(&amp;C)：</translation>
    </message>
    <message>
        <source>&amp;In this folder:</source>
        <translation>此文件夹(&amp;I)：</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Tell me when long work is done while I use another program</source>
        <translation>我使用其他程序时，耗时的工作完成后通知我(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Theme:</source>
        <translation>主题(&amp;T)：</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Best device</source>
        <translation>最佳设备</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>Choose the folder for results</source>
        <translation>选择保存结果的文件夹</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Folder for Results</source>
        <translation>保存结果的文件夹</translation>
    </message>
    <message>
        <source>Folder for results</source>
        <translation>保存结果的文件夹</translation>
    </message>
    <message>
        <source>Language and text size change when the program is started again.</source>
        <translation>语言和文字大小在重新启动程序后生效。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Notifications:</source>
        <translation>通知：</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Save results:</source>
        <translation>结果保存到：</translation>
    </message>
    <message>
        <source>Te&amp;xt size:</source>
        <translation>文字大小(&amp;X)：</translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{}%</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>&amp;Models</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Pictures</source>
        <translation>图片(&amp;P)</translation>
    </message>
    <message>
        <source>Make pictures larger</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>The documentation could not be opened.</source>
        <translation>无法打开文档。</translation>
    </message>
    <message>
        <source>What makes them larger</source>
        <translation>用来放大的模型</translation>
    </message>
</context>
<context>
    <name>ProgramCommands</name>
    <message>
        <source>Diagnostics are saved as {}.</source>
        <translation>诊断信息已保存为 {}。</translation>
    </message>
    <message>
        <source>Look into it if you like, and attach it to your report. Nothing was sent.</source>
        <translation>您可以先看看内容，再附在报告中。没有发送任何数据。</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>正在检查本机…</translation>
    </message>
</context>
<context>
    <name>Recent</name>
    <message>
        <source>&amp;Clear This List</source>
        <translation>清除此列表(&amp;C)</translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>Open a Run or a Log</source>
        <translation>打开训练或日志</translation>
    </message>
    <message>
        <source>Runs and logs ({})</source>
        <translation>训练和日志 ({})</translation>
    </message>
    <message>
        <source>Save the Curves</source>
        <translation>保存曲线</translation>
    </message>
    <message>
        <source>Save the Table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>{} can&apos;t be written.</source>
        <translation>无法写入 {}。</translation>
    </message>
</context>
<context>
    <name>RunProcess</name>
    <message>
        <source>Close other programs or choose a smaller batch, then resume; nothing learned is lost.</source>
        <translation>请关闭其他程序或减小批次，然后继续；学到的内容不会丢失。</translation>
    </message>
    <message>
        <source>The training could not be started.</source>
        <translation>无法开始训练。</translation>
    </message>
    <message>
        <source>The training crashed.</source>
        <translation>训练程序崩溃了。</translation>
    </message>
    <message>
        <source>The training failed.</source>
        <translation>训练失败。</translation>
    </message>
    <message>
        <source>The training was ended from outside; most often that means that memory ran out.</source>
        <translation>训练被外部终止；这通常意味着内存耗尽。</translation>
    </message>
    <message>
        <source>There was not enough memory for the training.</source>
        <translation>内存不足，无法训练。</translation>
    </message>
    <message>
        <source>This is a fault of the program. Copy the details into a report; you can try to resume.</source>
        <translation>这是程序的故障。请把详细信息复制到报告中；您可以尝试继续。</translation>
    </message>
    <message>
        <source>What was learned up to the last checkpoint is kept; you can resume.</source>
        <translation>直到上一个检查点所学的内容已保留；您可以继续。</translation>
    </message>
</context>
<context>
    <name>RunStep</name>
    <message>
        <source>Choose pictures and a goal, check them, and start; here you will see how it goes. Earlier runs, and logs of other programs, can be opened above or dropped here.</source>
        <translation>选择图片和目标，检查后开始；这里会显示进展。以前的训练和其他程序的日志可以从上方打开，或拖放到这里。</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>丢弃…</translation>
    </message>
    <message>
        <source>Double-click or Ctrl+wheel zooms all of them, dragging moves all of them</source>
        <translation>双击或 Ctrl+滚轮缩放全部，拖动移动全部</translation>
    </message>
    <message>
        <source>End the training and throw away what was learned</source>
        <translation>结束训练，丢弃所学的内容</translation>
    </message>
    <message>
        <source>End the training now and keep what was learned</source>
        <translation>立即结束训练，保留所学的内容</translation>
    </message>
    <message>
        <source>Held-out pictures</source>
        <translation>留出图片</translation>
    </message>
    <message>
        <source>Look at an earlier run, or at another program&apos;s log</source>
        <translation>查看以前的训练，或其他程序的日志</translation>
    </message>
    <message>
        <source>Nothing is being trained</source>
        <translation>没有正在进行的训练</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <source>Show All</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Show the whole run again (double-click)</source>
        <translation>重新显示整个训练（双击）</translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>The monitor has nothing to say.</source>
        <translation>监视器没有要说的。</translation>
    </message>
    <message>
        <source>The {} that gained least</source>
        <translation>提升最少的 {} 张</translation>
    </message>
    <message>
        <source>Use It on Pictures</source>
        <translation>用于图片</translation>
    </message>
    <message>
        <source>Wheel zooms, dragging moves.</source>
        <translation>滚轮缩放，拖动移动。</translation>
    </message>
    <message>
        <source>Write the curves as they are seen</source>
        <translation>按所见写出曲线</translation>
    </message>
    <message>
        <source>Write the loss of every step and all checks</source>
        <translation>写出每一步的损失和所有检验结果</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>before (bicubic)</source>
        <translation>之前（双三次插值）</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>A model can&apos;t be called “{}”.</source>
        <translation>模型不能叫“{}”。</translation>
    </message>
    <message>
        <source>A side of {} pixels is not possible.</source>
        <translation>边长不能是 {} 像素。</translation>
    </message>
    <message>
        <source>A small network can only be chosen for a run from scratch.</source>
        <translation>小网络只能用于从零开始的训练。</translation>
    </message>
    <message>
        <source>A value is infinite or not a number.</source>
        <translation>出现了无穷大或非数值。</translation>
    </message>
    <message>
        <source>Add more and larger pictures with fine detail.</source>
        <translation>请添加更多、更大且细节丰富的图片。</translation>
    </message>
    <message>
        <source>Another name is free: {}.</source>
        <translation>这个名称可用：{}。</translation>
    </message>
    <message>
        <source>Another sr_desktop{} is converting into {}.</source>
        <translation>另一个 sr_desktop{} 正在向 {} 转换。</translation>
    </message>
    <message>
        <source>At least two different pictures are needed: some to learn from and some to check on.</source>
        <translation>至少需要两张不同的图片：一些用于学习，一些用于检验。</translation>
    </message>
    <message>
        <source>Black and white became grey.</source>
        <translation>黑白图变成了灰度图。</translation>
    </message>
    <message>
        <source>Bring all values into 0 to 1 before training.</source>
        <translation>训练之前请把所有值调整到 0 到 1 之间。</translation>
    </message>
    <message>
        <source>CMYK became RGB by the plain formula, since it has no colour profile.</source>
        <translation>由于没有颜色配置文件，CMYK 已按简单公式转换为 RGB。</translation>
    </message>
    <message>
        <source>CMYK became RGB by the plain formula, since its colour profile is broken.</source>
        <translation>由于颜色配置文件已损坏，CMYK 已按简单公式转换为 RGB。</translation>
    </message>
    <message>
        <source>CMYK became sRGB through its colour profile.</source>
        <translation>CMYK 已通过其颜色配置文件转换为 sRGB。</translation>
    </message>
    <message>
        <source>Call it one of: {}.</source>
        <translation>请使用以下名称之一：{}。</translation>
    </message>
    <message>
        <source>Change its permissions or copy it elsewhere.</source>
        <translation>请更改其权限，或把它复制到别处。</translation>
    </message>
    <message>
        <source>Channels of the network are dead: they give the same value whatever the picture.</source>
        <translation>网络中有些通道已失效：无论什么图片都给出相同的值。</translation>
    </message>
    <message>
        <source>Channels that are neither colour nor transparency are left out.</source>
        <translation>既非颜色也非透明度的通道已略去。</translation>
    </message>
    <message>
        <source>Check both folders.</source>
        <translation>请检查两个文件夹。</translation>
    </message>
    <message>
        <source>Check that both belong to one picture and to {}x.</source>
        <translation>请检查两者是否属于同一张图片，且倍数为 {}x。</translation>
    </message>
    <message>
        <source>Check that each small picture belongs to the large one of the same name, pixel on pixel.</source>
        <translation>请检查每张小图是否与同名的大图逐像素对应。</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>请检查磁盘。</translation>
    </message>
    <message>
        <source>Check the file.</source>
        <translation>请检查该文件。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>Choose 1 to {}.</source>
        <translation>请选择 1 到 {}。</translation>
    </message>
    <message>
        <source>Choose PNG or TIFF, or a smaller size.</source>
        <translation>请选择 PNG 或 TIFF，或较小的尺寸。</translation>
    </message>
    <message>
        <source>Choose PNG, which keeps everything GIF has.</source>
        <translation>请选择 PNG，它能保留 GIF 的所有内容。</translation>
    </message>
    <message>
        <source>Choose a folder that has a run.toml.</source>
        <translation>请选择包含 run.toml 的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder with photographs or scans.</source>
        <translation>请选择存放照片或扫描件的文件夹。</translation>
    </message>
    <message>
        <source>Choose a model made for this program.</source>
        <translation>请选择为本程序制作的模型。</translation>
    </message>
    <message>
        <source>Choose a picture in it.</source>
        <translation>请选择其中的一张图片。</translation>
    </message>
    <message>
        <source>Choose a picture.</source>
        <translation>请选择一张图片。</translation>
    </message>
    <message>
        <source>Choose a shorter name.</source>
        <translation>请选择较短的名称。</translation>
    </message>
    <message>
        <source>Choose a smaller scale or size.</source>
        <translation>请选择较小的倍数或尺寸。</translation>
    </message>
    <message>
        <source>Choose an existing folder.</source>
        <translation>请选择已有的文件夹。</translation>
    </message>
    <message>
        <source>Choose another folder or change its permissions.</source>
        <translation>请选择其他文件夹，或更改其权限。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another format or another disk.</source>
        <translation>请选择其他格式或其他磁盘。</translation>
    </message>
    <message>
        <source>Choose another format.</source>
        <translation>请选择其他格式。</translation>
    </message>
    <message>
        <source>Choose another name, or allow it to be replaced.</source>
        <translation>请选择其他名称，或允许替换。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择其他名称。</translation>
    </message>
    <message>
        <source>Choose another output folder.</source>
        <translation>请选择其他输出文件夹。</translation>
    </message>
    <message>
        <source>Choose another output.</source>
        <translation>请选择其他输出位置。</translation>
    </message>
    <message>
        <source>Choose another path.</source>
        <translation>请选择其他路径。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>Choose one of {}.</source>
        <translation>请选择以下之一：{}。</translation>
    </message>
    <message>
        <source>Choose the device “auto” or “cpu”.</source>
        <translation>请选择设备“auto”或“cpu”。</translation>
    </message>
    <message>
        <source>Choose the device “cpu”.</source>
        <translation>请选择设备“cpu”。</translation>
    </message>
    <message>
        <source>Choose the precision “fp32”.</source>
        <translation>请选择精度“fp32”。</translation>
    </message>
    <message>
        <source>Choose {}.</source>
        <translation>请选择 {}。</translation>
    </message>
    <message>
        <source>Close other programs or choose a smaller picture.</source>
        <translation>请关闭其他程序，或选择较小的图片。</translation>
    </message>
    <message>
        <source>Close other programs or choose the device “cpu”.</source>
        <translation>请关闭其他程序，或选择设备“cpu”。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller size.</source>
        <translation>请关闭其他程序，或选择较小的尺寸。</translation>
    </message>
    <message>
        <source>Convert it to PNG or TIFF first.</source>
        <translation>请先把它转换为 PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>Convert them one after the other, with two outputs.</source>
        <translation>请分别转换，使用两个输出位置。</translation>
    </message>
    <message>
        <source>Copy it from another place.</source>
        <translation>请从别处重新复制。</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>请重新复制或下载。</translation>
    </message>
    <message>
        <source>Copy or train it again.</source>
        <translation>请重新复制或训练。</translation>
    </message>
    <message>
        <source>Correct it or make it anew.</source>
        <translation>请更正或重新制作。</translation>
    </message>
    <message>
        <source>Correct it.</source>
        <translation>请更正。</translation>
    </message>
    <message>
        <source>Correct or remove that line.</source>
        <translation>请更正或删除该行。</translation>
    </message>
    <message>
        <source>Delete it to start this run anew, or choose another run folder.</source>
        <translation>删除它以重新开始这次训练，或选择其他训练文件夹。</translation>
    </message>
    <message>
        <source>Develop it in a raw converter and save it as TIFF.</source>
        <translation>请用 RAW 转换软件处理并保存为 TIFF。</translation>
    </message>
    <message>
        <source>Diagnostics for a report are one file, which you can look into. Nothing is sent by itself.</source>
        <translation>诊断信息是一个您可以查看的文件，可附在报告中。程序不会自行发送任何内容。</translation>
    </message>
    <message>
        <source>Did you mean {}?</source>
        <translation>您是指 {} 吗？</translation>
    </message>
    <message>
        <source>Download the picture itself.</source>
        <translation>请下载图片本身。</translation>
    </message>
    <message>
        <source>Expected train_loss or psnr.</source>
        <translation>应为 train_loss 或 psnr。</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>请重新导出。</translation>
    </message>
    <message>
        <source>Export it as PNG in the size you need.</source>
        <translation>请按所需尺寸导出为 PNG。</translation>
    </message>
    <message>
        <source>Export its pages as pictures.</source>
        <translation>请把各页导出为图片。</translation>
    </message>
    <message>
        <source>Export the state dict of the network.</source>
        <translation>请导出网络的 state dict。</translation>
    </message>
    <message>
        <source>Free some space on the disk that holds {}, close pictures, or choose a smaller size.</source>
        <translation>请在 {} 所在的磁盘上腾出空间、关闭一些图片，或选择较小的尺寸。</translation>
    </message>
    <message>
        <source>Free some space or choose another folder.</source>
        <translation>请腾出一些空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Get it again.</source>
        <translation>请重新获取。</translation>
    </message>
    <message>
        <source>Give a file name.</source>
        <translation>请给出文件名。</translation>
    </message>
    <message>
        <source>Give a folder as --output, or no --template.</source>
        <translation>请用 --output 指定文件夹，或不用 --template。</translation>
    </message>
    <message>
        <source>Give a folder as --output.</source>
        <translation>请用 --output 指定文件夹。</translation>
    </message>
    <message>
        <source>Give the file another name.</source>
        <translation>请给文件另起一个名称。</translation>
    </message>
    <message>
        <source>Give the length in steps or in minutes, not both.</source>
        <translation>长度请以步数或分钟指定，不要两者都用。</translation>
    </message>
    <message>
        <source>Give the path of a weights file.</source>
        <translation>请给出权重文件的路径。</translation>
    </message>
    <message>
        <source>Go on from the best weights so far, with a learning rate ten times lower.</source>
        <translation>从目前的最佳权重继续，学习率降为十分之一。</translation>
    </message>
    <message>
        <source>Going on is hardly worth it.</source>
        <translation>继续下去几乎没有意义。</translation>
    </message>
    <message>
        <source>Imported from {}.</source>
        <translation>从 {} 导入。</translation>
    </message>
    <message>
        <source>Install the program again, or give a model.</source>
        <translation>请重新安装程序，或指定一个模型。</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>请重新安装程序。</translation>
    </message>
    <message>
        <source>It holds samples that are infinite or not numbers.</source>
        <translation>其中含有无穷大或非数值的样本。</translation>
    </message>
    <message>
        <source>It is damaged, or made to do harm.</source>
        <translation>它已损坏，或是蓄意制作的有害文件。</translation>
    </message>
    <message>
        <source>It is nearly of one colour; there is nothing to learn from it.</source>
        <translation>它几乎只有一种颜色，没有可学习的内容。</translation>
    </message>
    <message>
        <source>It is safe in {}; copy it from there.</source>
        <translation>它已安全保存在 {}；请从那里复制。</translation>
    </message>
    <message>
        <source>It is the same picture as {}.</source>
        <translation>它与 {} 是同一张图片。</translation>
    </message>
    <message>
        <source>It is too small ({}; {} are needed on each side).</source>
        <translation>它太小（{}；每边需要 {}）。</translation>
    </message>
    <message>
        <source>It must be one of {}.</source>
        <translation>必须是以下之一：{}。</translation>
    </message>
    <message>
        <source>It needs at least one line of figures.</source>
        <translation>至少需要一行数据。</translation>
    </message>
    <message>
        <source>It was left out on purpose.</source>
        <translation>它被有意排除。</translation>
    </message>
    <message>
        <source>Its data is damaged: parts of the picture may be grey or wrong.</source>
        <translation>其数据已损坏：图片的一部分可能是灰色或有误。</translation>
    </message>
    <message>
        <source>Its partner is {} × {}, not 1/{} of {} × {}.</source>
        <translation>与它成对的图片是 {} × {}，而不是 {3} × {4} 的 1/{2}。</translation>
    </message>
    <message>
        <source>JPEG can&apos;t hold PNG text, except for a comment.</source>
        <translation>JPEG 无法保存 PNG 文本，注释除外。</translation>
    </message>
    <message>
        <source>Leave out the pictures that are broken, without detail or not in their place.</source>
        <translation>排除损坏、没有细节或位置不符的图片。</translation>
    </message>
    <message>
        <source>Make room or bring the folder back, then resume it: nothing up to its last checkpoint is lost.</source>
        <translation>请腾出空间或恢复该文件夹，然后继续：直到上一个检查点的内容都没有丢失。</translation>
    </message>
    <message>
        <source>Name a run&apos;s folder, its events or a CSV log.</source>
        <translation>请指定训练文件夹、其事件文件或 CSV 日志。</translation>
    </message>
    <message>
        <source>No picture has a partner of the same name in the other folder.</source>
        <translation>没有图片在另一个文件夹中有同名的对应图片。</translation>
    </message>
    <message>
        <source>Nothing needs doing.</source>
        <translation>无需任何操作。</translation>
    </message>
    <message>
        <source>Of a damaged or moving PNG file only 8 of 16 bits can be read.</source>
        <translation>对于损坏的或动态的 PNG 文件，16 位中只能读取 8 位。</translation>
    </message>
    <message>
        <source>Of the input and its original one is grey and the other in colour.</source>
        <translation>输入和原图一个是灰度，一个是彩色。</translation>
    </message>
    <message>
        <source>Only FSRCNN can be imported.</source>
        <translation>只能导入 FSRCNN。</translation>
    </message>
    <message>
        <source>Only results in an output folder can be flattened.</source>
        <translation>只有输出到文件夹的结果才能平铺。</translation>
    </message>
    <message>
        <source>Only the first of {} {} is used.</source>
        <translation>共 {} 个{}，只使用第一个。</translation>
    </message>
    <message>
        <source>Open it in its program and export it as PNG or TIFF.</source>
        <translation>请在其程序中打开，并导出为 PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>Over since step {}.</source>
        <translation>自第 {} 步起已消失。</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, TIFF, BMP, AVIF and GIF can be read.</source>
        <translation>可以读取 PNG、JPEG、WebP、TIFF、BMP、AVIF 和 GIF。</translation>
    </message>
    <message>
        <source>Paths are as they are on the computer, with the name of the home folder.</source>
        <translation>路径与本机上的相同，包含主文件夹的名称。</translation>
    </message>
    <message>
        <source>Pictures that come in pairs are taken as they are, from two different folders.</source>
        <translation>成对的图片原样取自两个不同的文件夹。</translation>
    </message>
    <message>
        <source>Please report it with the log file.</source>
        <translation>请附上日志文件报告此问题。</translation>
    </message>
    <message>
        <source>Raise the limit if the file is to be trusted.</source>
        <translation>如果文件可信，请提高上限。</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>请删除它。</translation>
    </message>
    <message>
        <source>Rename or delete the file yourself.</source>
        <translation>请自行重命名或删除该文件。</translation>
    </message>
    <message>
        <source>Resume the run, with a smaller batch or on the CPU if it fails again.</source>
        <translation>请继续训练；如果再次失败，请减小批次或改用 CPU。</translation>
    </message>
    <message>
        <source>Samples that are no number became 0, infinite ones the largest other.</source>
        <translation>非数值的样本变为 0，无穷大的变为其余的最大值。</translation>
    </message>
    <message>
        <source>Save only the state dict of the network and import that.</source>
        <translation>请只保存网络的 state dict 再导入。</translation>
    </message>
    <message>
        <source>Save single frames of it as pictures.</source>
        <translation>请把其中的单帧保存为图片。</translation>
    </message>
    <message>
        <source>Small and large pictures do not show the same thing at the same place.</source>
        <translation>小图与大图在同一位置显示的内容不同。</translation>
    </message>
    <message>
        <source>So large a TIFF file can&apos;t hold EXIF data: camera, dates and place are gone.</source>
        <translation>这么大的 TIFF 文件无法保存 EXIF 数据：相机、日期和地点信息已丢失。</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>出现了不应有的问题。</translation>
    </message>
    <message>
        <source>Start again with He initialization.</source>
        <translation>请用 He 初始化重新开始。</translation>
    </message>
    <message>
        <source>Stop when you like and keep the best weights so far.</source>
        <translation>可随时停止，并保留目前的最佳权重。</translation>
    </message>
    <message>
        <source>The HDR gain map is left out.</source>
        <translation>HDR 增益图已略去。</translation>
    </message>
    <message>
        <source>The batch goes on by itself.</source>
        <translation>批处理会自行继续。</translation>
    </message>
    <message>
        <source>The bundled model {} is missing.</source>
        <translation>缺少自带的模型 {}。</translation>
    </message>
    <message>
        <source>The checkpoint {} is damaged or belongs to another run.</source>
        <translation>检查点 {} 已损坏或属于另一次训练。</translation>
    </message>
    <message>
        <source>The disk has no room for the {} GB that this picture takes.</source>
        <translation>磁盘没有空间存放此图片所需的 {} GB。</translation>
    </message>
    <message>
        <source>The disk of {} can&apos;t be written to: {}.</source>
        <translation>无法写入 {} 所在的磁盘：{}。</translation>
    </message>
    <message>
        <source>The disk of {} is full.</source>
        <translation>{} 所在的磁盘已满。</translation>
    </message>
    <message>
        <source>The fields are {}.</source>
        <translation>可用的字段是 {}。</translation>
    </message>
    <message>
        <source>The film behind the picture is left out.</source>
        <translation>图片后面的视频已略去。</translation>
    </message>
    <message>
        <source>The first layers receive no gradient, so they do not learn.</source>
        <translation>最前面的几层得不到梯度，因此不学习。</translation>
    </message>
    <message>
        <source>The folder for models can&apos;t be made: {}.</source>
        <translation>无法创建模型文件夹：{}。</translation>
    </message>
    <message>
        <source>The folder {} is gone.</source>
        <translation>文件夹 {} 已不存在。</translation>
    </message>
    <message>
        <source>The input has {} × {} pixels, but its original needs {} × {}.</source>
        <translation>输入为 {} × {} 像素，但其原图需要 {} × {}。</translation>
    </message>
    <message>
        <source>The journal of {} can&apos;t be read: {}.</source>
        <translation>无法读取 {} 的记录：{}。</translation>
    </message>
    <message>
        <source>The learning rate is so low that almost nothing is learned.</source>
        <translation>学习率太低，几乎学不到任何东西。</translation>
    </message>
    <message>
        <source>The list of bundled models can&apos;t be read: {}.</source>
        <translation>无法读取自带模型的列表：{}。</translation>
    </message>
    <message>
        <source>The list of bundled models is damaged.</source>
        <translation>自带模型的列表已损坏。</translation>
    </message>
    <message>
        <source>The loss or the output has blown up.</source>
        <translation>损失或输出发散了。</translation>
    </message>
    <message>
        <source>The memory of the {} device does not suffice for even a small piece.</source>
        <translation>设备 {} 的内存连一小块都不够。</translation>
    </message>
    <message>
        <source>The model can&apos;t be written to {}: {}.</source>
        <translation>无法将模型写入 {}：{}。</translation>
    </message>
    <message>
        <source>The model {} can&apos;t be read: {}.</source>
        <translation>无法读取模型 {}：{}。</translation>
    </message>
    <message>
        <source>The model {} can&apos;t be written: {}.</source>
        <translation>无法写入模型 {}：{}。</translation>
    </message>
    <message>
        <source>The model {} is damaged.</source>
        <translation>模型 {} 已损坏。</translation>
    </message>
    <message>
        <source>The models that come with the program are missing.</source>
        <translation>程序自带的模型不见了。</translation>
    </message>
    <message>
        <source>The network learns the training pictures by heart and gets worse on others.</source>
        <translation>网络在死记训练图片，对其他图片的效果变差。</translation>
    </message>
    <message>
        <source>The next {} steps should bring {} dB ({} to {}).</source>
        <translation>接下来的 {} 步预计带来 {} dB（{} 到 {}）。</translation>
    </message>
    <message>
        <source>The output is an even grey whatever the picture.</source>
        <translation>无论什么图片，输出都是均匀的灰色。</translation>
    </message>
    <message>
        <source>The palette became {}.</source>
        <translation>调色板变成了 {}。</translation>
    </message>
    <message>
        <source>The pictures hold no detail that could be learned.</source>
        <translation>图片中没有可学习的细节。</translation>
    </message>
    <message>
        <source>The program crashed when it last ran.</source>
        <translation>程序上次运行时崩溃了。</translation>
    </message>
    <message>
        <source>The report {} can&apos;t be written: {}.</source>
        <translation>无法写入报告 {}：{}。</translation>
    </message>
    <message>
        <source>The result {} would be the input itself.</source>
        <translation>结果 {} 会是输入文件本身。</translation>
    </message>
    <message>
        <source>The result {} would replace another input.</source>
        <translation>结果 {} 会替换另一个输入文件。</translation>
    </message>
    <message>
        <source>The run can&apos;t be kept in {}: {}.</source>
        <translation>无法将训练保存在 {}：{}。</translation>
    </message>
    <message>
        <source>The run in {} can&apos;t be written or read any more: {}.</source>
        <translation>无法再读写 {} 中的训练：{}。</translation>
    </message>
    <message>
        <source>The run in {} goes on in another process.</source>
        <translation>{} 中的训练正在另一个进程中进行。</translation>
    </message>
    <message>
        <source>The second part of the XMP data is left out.</source>
        <translation>XMP 数据的第二部分已略去。</translation>
    </message>
    <message>
        <source>The second picture behind the first one is left out.</source>
        <translation>第一张图片后面的第二张图片已略去。</translation>
    </message>
    <message>
        <source>The setting “{}” can&apos;t be {}; it is {} now.</source>
        <translation>设置“{}”不能是 {}；现已改为 {}。</translation>
    </message>
    <message>
        <source>The settings could not be read ({}) nor set aside ({}); the defaults are used.</source>
        <translation>无法读取设置（{}），也无法将其移开（{}）；现使用默认值。</translation>
    </message>
    <message>
        <source>The settings could not be read, so the defaults are used. The old file is now {}.</source>
        <translation>无法读取设置，因此使用默认值。旧文件现为 {}。</translation>
    </message>
    <message>
        <source>The small preview in the EXIF data is left out, since it showed the old picture.</source>
        <translation>EXIF 数据中的小预览图显示的是旧图片，因此已略去。</translation>
    </message>
    <message>
        <source>The spec {} can&apos;t be read.</source>
        <translation>无法读取训练方案 {}。</translation>
    </message>
    <message>
        <source>The steps are too large: the quality jumps up and down instead of settling.</source>
        <translation>步子太大：质量忽高忽低，无法稳定。</translation>
    </message>
    <message>
        <source>The values of the pictures lie outside 0 to 1.</source>
        <translation>图片的值超出了 0 到 1 的范围。</translation>
    </message>
    <message>
        <source>The {} data is too long for a JPEG file.</source>
        <translation>{} 数据太长，JPEG 文件放不下。</translation>
    </message>
    <message>
        <source>There are no pictures in {}.</source>
        <translation>{} 中没有图片。</translation>
    </message>
    <message>
        <source>There are too few pixels to learn from.</source>
        <translation>可供学习的像素太少。</translation>
    </message>
    <message>
        <source>There are {}.</source>
        <translation>可用的有 {}。</translation>
    </message>
    <message>
        <source>There is a model called “{}” already.</source>
        <translation>已经有一个叫“{}”的模型。</translation>
    </message>
    <message>
        <source>There is no device “{}”.</source>
        <translation>没有设备“{}”。</translation>
    </message>
    <message>
        <source>There is no file {}.</source>
        <translation>没有文件 {}。</translation>
    </message>
    <message>
        <source>There is no folder {}.</source>
        <translation>没有文件夹 {}。</translation>
    </message>
    <message>
        <source>There is no model called “{}”.</source>
        <translation>没有叫“{}”的模型。</translation>
    </message>
    <message>
        <source>There is no model for {}x here.</source>
        <translation>这里没有 {}x 的模型。</translation>
    </message>
    <message>
        <source>There is no picture format “{}” here.</source>
        <translation>这里没有图片格式“{}”。</translation>
    </message>
    <message>
        <source>There is no picture of this name in {}.</source>
        <translation>{} 中没有这个名称的图片。</translation>
    </message>
    <message>
        <source>There is no precision “{}”.</source>
        <translation>没有精度“{}”。</translation>
    </message>
    <message>
        <source>There is no training run in {}.</source>
        <translation>{} 中没有训练。</translation>
    </message>
    <message>
        <source>There is not enough memory for the result.</source>
        <translation>内存不足，放不下结果。</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <source>There is not enough memory for {}.</source>
        <translation>内存不足，无法处理 {}。</translation>
    </message>
    <message>
        <source>This computer has no {} device that can be used.</source>
        <translation>本机没有可用的 {} 设备。</translation>
    </message>
    <message>
        <source>This is a fault of the program. Diagnostics for a report are one file, which you can look into.</source>
        <translation>这是程序的故障。诊断信息是一个您可以查看的文件，可附在报告中。</translation>
    </message>
    <message>
        <source>Train it again.</source>
        <translation>请重新训练。</translation>
    </message>
    <message>
        <source>Trained for {} steps, best at step {}.</source>
        <translation>训练了 {} 步，第 {} 步最佳。</translation>
    </message>
    <message>
        <source>Training in bf16 is not possible on this device.</source>
        <translation>此设备不能用 bf16 训练。</translation>
    </message>
    <message>
        <source>Try another disk.</source>
        <translation>请换一个磁盘。</translation>
    </message>
    <message>
        <source>Try it again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation>请先解压。</translation>
    </message>
    <message>
        <source>Use --skip-existing or --overwrite, or choose another output.</source>
        <translation>请使用 --skip-existing 或 --overwrite，或选择其他输出位置。</translation>
    </message>
    <message>
        <source>Use a learning rate ten times higher.</source>
        <translation>请使用十倍的学习率。</translation>
    </message>
    <message>
        <source>Use a learning rate ten times lower.</source>
        <translation>请使用十分之一的学习率。</translation>
    </message>
    <message>
        <source>Use letters, digits, dots, dashes and underscores.</source>
        <translation>请使用字母、数字、点、连字符和下划线。</translation>
    </message>
    <message>
        <source>Use that version.</source>
        <translation>请使用那个版本。</translation>
    </message>
    <message>
        <source>Use {} or {} in the template.</source>
        <translation>请在模板中使用 {} 或 {}。</translation>
    </message>
    <message>
        <source>Wait for it, or stop it there.</source>
        <translation>请等待，或在那里停止它。</translation>
    </message>
    <message>
        <source>Wait until it has finished, or stop it.</source>
        <translation>请等它完成，或停止它。</translation>
    </message>
    <message>
        <source>Whole numbers of more than 16 bits became floating point.</source>
        <translation>超过 16 位的整数变成了浮点数。</translation>
    </message>
    <message>
        <source>With a target size there is no {} to name.</source>
        <translation>指定目标尺寸时没有 {} 可用于命名。</translation>
    </message>
    <message>
        <source>Your home folder is written as ~ and your user name as “user”.</source>
        <translation>您的主文件夹写作 ~，用户名写作“user”。</translation>
    </message>
    <message>
        <source>sRGB assumed</source>
        <translation>按 sRGB 处理</translation>
    </message>
    <message>
        <source>unnamed profile</source>
        <translation>未命名的配置文件</translation>
    </message>
    <message>
        <source>{} What could be read is there.</source>
        <translation>{}能读出的部分已保留。</translation>
    </message>
    <message>
        <source>{} became RGB.</source>
        <translation>{} 变成了 RGB。</translation>
    </message>
    <message>
        <source>{} became another file while it was read.</source>
        <translation>读取 {} 时，它变成了另一个文件。</translation>
    </message>
    <message>
        <source>{} came with the program and can&apos;t be renamed or deleted.</source>
        <translation>{} 是程序自带的，不能重命名或删除。</translation>
    </message>
    <message>
        <source>{} can be read but not written.</source>
        <translation>{} 只能读取，不能写入。</translation>
    </message>
    <message>
        <source>{} can&apos;t be converted into: {}.</source>
        <translation>无法转换到 {}：{}。</translation>
    </message>
    <message>
        <source>{} can&apos;t be deleted: {}.</source>
        <translation>无法删除 {}：{}。</translation>
    </message>
    <message>
        <source>{} can&apos;t be moved to the recycle bin.</source>
        <translation>无法将 {} 移到回收站。</translation>
    </message>
    <message>
        <source>{} can&apos;t be opened: {}.</source>
        <translation>无法打开 {}：{}。</translation>
    </message>
    <message>
        <source>{} can&apos;t be read safely: it is broken or holds more than tensors.</source>
        <translation>无法安全读取 {}：它已损坏，或含有张量以外的内容。</translation>
    </message>
    <message>
        <source>{} can&apos;t be read: {}.</source>
        <translation>无法读取 {}：{}。</translation>
    </message>
    <message>
        <source>{} can&apos;t be renamed: {}.</source>
        <translation>无法重命名 {}：{}。</translation>
    </message>
    <message>
        <source>{} can&apos;t be written: {}.</source>
        <translation>无法写入 {}：{}。</translation>
    </message>
    <message>
        <source>{} can&apos;t be {}.</source>
        <translation>{} 不能是 {}。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold EXIF data: camera, dates and place are gone.</source>
        <translation>{} 无法保存 EXIF 数据：相机、日期和地点信息已丢失。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold IPTC data.</source>
        <translation>{} 无法保存 IPTC 数据。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold PNG text.</source>
        <translation>{} 无法保存 PNG 文本。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold XMP data.</source>
        <translation>{} 无法保存 XMP 数据。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold a colour profile.</source>
        <translation>{} 无法保存颜色配置文件。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold plain grey; it has three equal channels now.</source>
        <translation>{} 无法保存纯灰度；现有三个相同的通道。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold transparency; white is behind the picture now.</source>
        <translation>{} 无法保存透明度；图片现在以白色为背景。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold what the PNG file says about its colours.</source>
        <translation>{} 无法保存 PNG 文件中的颜色说明。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold {} × {} pixels: its largest side is {}.</source>
        <translation>{} 无法保存 {} × {} 像素：其最大边长为 {}。</translation>
    </message>
    <message>
        <source>{} can&apos;t hold {}; it has {} now.</source>
        <translation>{} 无法保存 {}；现为 {}。</translation>
    </message>
    <message>
        <source>{} does not exist.</source>
        <translation>{} 不存在。</translation>
    </message>
    <message>
        <source>{} does not hold a list of tensors.</source>
        <translation>{} 不包含张量列表。</translation>
    </message>
    <message>
        <source>{} does not hold the network its card describes.</source>
        <translation>{} 所含的网络与其说明不符。</translation>
    </message>
    <message>
        <source>{} does not say “{}”.</source>
        <translation>{} 没有说明“{}”。</translation>
    </message>
    <message>
        <source>{} doesn&apos;t say how many pixels make an inch.</source>
        <translation>{} 不记录每英寸的像素数。</translation>
    </message>
    <message>
        <source>{} exists already.</source>
        <translation>{} 已存在。</translation>
    </message>
    <message>
        <source>{} files can be read but not written here.</source>
        <translation>这里只能读取、不能写入 {} 文件。</translation>
    </message>
    <message>
        <source>{} has a field “{}” that this program does not know.</source>
        <translation>{} 含有本程序不认识的字段“{}”。</translation>
    </message>
    <message>
        <source>{} has no column for a training loss or a PSNR.</source>
        <translation>{} 没有训练损失或 PSNR 列。</translation>
    </message>
    <message>
        <source>{} has no column for the step.</source>
        <translation>{} 没有步数列。</translation>
    </message>
    <message>
        <source>{} has the name of a bundled model.</source>
        <translation>{} 与自带的模型同名。</translation>
    </message>
    <message>
        <source>{} has the same result, {}.</source>
        <translation>{} 的结果相同：{}。</translation>
    </message>
    <message>
        <source>{} holds no events of a training run.</source>
        <translation>{} 不含训练事件。</translation>
    </message>
    <message>
        <source>{} holds no training loss and no PSNR.</source>
        <translation>{} 不含训练损失和 PSNR。</translation>
    </message>
    <message>
        <source>{} holds numbers that are not finite, in {}.</source>
        <translation>{} 在 {} 处含有非有限的数。</translation>
    </message>
    <message>
        <source>{} is a file, but several results need a folder.</source>
        <translation>{} 是文件，但多个结果需要文件夹。</translation>
    </message>
    <message>
        <source>{} is a folder.</source>
        <translation>{} 是文件夹。</translation>
    </message>
    <message>
        <source>{} is broken or not a CSV file: {}.</source>
        <translation>{} 已损坏或不是 CSV 文件：{}。</translation>
    </message>
    <message>
        <source>{} is broken: {}.</source>
        <translation>{} 已损坏：{}。</translation>
    </message>
    <message>
        <source>{} is damaged and can&apos;t be decoded.</source>
        <translation>{} 已损坏，无法解码。</translation>
    </message>
    <message>
        <source>{} is damaged or not a picture that can be read here.</source>
        <translation>{} 已损坏，或不是这里可以读取的图片。</translation>
    </message>
    <message>
        <source>{} is damaged: it has no pixels.</source>
        <translation>{} 已损坏：它没有像素。</translation>
    </message>
    <message>
        <source>{} is empty.</source>
        <translation>{} 是空的。</translation>
    </message>
    <message>
        <source>{} is in the list already: it is {}.</source>
        <translation>{} 已在列表中：它就是 {}。</translation>
    </message>
    <message>
        <source>{} is incomplete: the file ends too early.</source>
        <translation>{} 不完整：文件过早结束。</translation>
    </message>
    <message>
        <source>{} is missing.</source>
        <translation>缺少 {}。</translation>
    </message>
    <message>
        <source>{} is not a TOML file: {}.</source>
        <translation>{} 不是 TOML 文件：{}。</translation>
    </message>
    <message>
        <source>{} is not an FSRCNN model.</source>
        <translation>{} 不是 FSRCNN 模型。</translation>
    </message>
    <message>
        <source>{} is not an FSRCNN model: {}.</source>
        <translation>{} 不是 FSRCNN 模型：{}。</translation>
    </message>
    <message>
        <source>{} is not an ordinary file.</source>
        <translation>{} 不是普通文件。</translation>
    </message>
    <message>
        <source>{} is not in the folder for models.</source>
        <translation>{} 不在模型文件夹中。</translation>
    </message>
    <message>
        <source>{} is not one of the models that came with the program.</source>
        <translation>{} 不是程序自带的模型。</translation>
    </message>
    <message>
        <source>{} is not the file that came with the program: it was damaged or changed.</source>
        <translation>{} 不是程序自带的原文件：它已损坏或被更改。</translation>
    </message>
    <message>
        <source>{} is the result&apos;s name already.</source>
        <translation>{} 已经是结果的名称。</translation>
    </message>
    <message>
        <source>{} is too large for an FSRCNN model.</source>
        <translation>{} 太大，不可能是 FSRCNN 模型。</translation>
    </message>
    <message>
        <source>{} is {}, which can&apos;t be read here.</source>
        <translation>{} 是{}，这里无法读取。</translation>
    </message>
    <message>
        <source>{} is {}, which is not the kind of value it needs.</source>
        <translation>{} 是 {}，这不是所需类型的值。</translation>
    </message>
    <message>
        <source>{} made its decoder crash.</source>
        <translation>{} 使解码程序崩溃了。</translation>
    </message>
    <message>
        <source>{} must be between {} and {}.</source>
        <translation>{} 必须在 {} 和 {} 之间。</translation>
    </message>
    <message>
        <source>{} must be one of {}.</source>
        <translation>{} 必须是以下之一：{}。</translation>
    </message>
    <message>
        <source>{} says that it has {} × {} pixels, more than the limit of {} megapixels.</source>
        <translation>{} 自称有 {} × {} 像素，超过了 {} 百万像素的上限。</translation>
    </message>
    <message>
        <source>{} takes too long to decode.</source>
        <translation>解码 {} 花费的时间太长。</translation>
    </message>
    <message>
        <source>{} was written by a newer version of this program.</source>
        <translation>{} 是由本程序的较新版本写入的。</translation>
    </message>
    <message>
        <source>{} will take at least {}, but its disk has only {} free.</source>
        <translation>{} 至少需要 {}，但其磁盘只剩 {}。</translation>
    </message>
    <message>
        <source>{} × {} pixels are too few to score at {}x.</source>
        <translation>{} × {} 像素太少，无法在 {}x 下评分。</translation>
    </message>
    <message>
        <source>{}, line {}: {} is not a number.</source>
        <translation>{} 第 {} 行：{} 不是数字。</translation>
    </message>
    <message>
        <source>{}-bit floating point became 32-bit.</source>
        <translation>{} 位浮点变成了 32 位。</translation>
    </message>
    <message>
        <source>“{}” can&apos;t name results: {}.</source>
        <translation>“{}”不能用来命名结果：{}。</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
</context>
<context>
    <name>SummaryLine</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop converting</source>
        <translation>停止转换</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>&amp;Next Step</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>1  Pictures</source>
        <translation>1  图片</translation>
    </message>
    <message>
        <source>2  Goal</source>
        <translation>2  目标</translation>
    </message>
    <message>
        <source>3  Check</source>
        <translation>3  检查</translation>
    </message>
    <message>
        <source>4  Run</source>
        <translation>4  训练</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Choose a &amp;Folder…</source>
        <translation>选择文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Drop a folder of pictures here. Single pictures go to the page “Pictures”.</source>
        <translation>请把图片文件夹拖到这里。单张图片请用“图片”页面。</translation>
    </message>
    <message>
        <source>Drop one folder; pictures in its subfolders are found too.</source>
        <translation>请拖入一个文件夹；其子文件夹中的图片也会找到。</translation>
    </message>
    <message>
        <source>Drop to learn from the pictures in “{}”</source>
        <translation>松开以从“{}”中的图片学习</translation>
    </message>
    <message>
        <source>Drop to look at this training</source>
        <translation>松开即可查看这次训练</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Open a &amp;Run or a Log…</source>
        <translation>打开训练或日志(&amp;R)…</translation>
    </message>
    <message>
        <source>Pictures to Learn from</source>
        <translation>用于学习的图片</translation>
    </message>
    <message>
        <source>Start Training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Start When It Is Its Turn</source>
        <translation>轮到时开始</translation>
    </message>
    <message>
        <source>Step &amp;Back</source>
        <translation>上一步(&amp;B)</translation>
    </message>
    <message>
        <source>That can&apos;t be learned from.</source>
        <translation>无法从中学习。</translation>
    </message>
    <message>
        <source>The Large Pictures</source>
        <translation>大图</translation>
    </message>
    <message>
        <source>The Small Pictures that Belong to Them</source>
        <translation>与其对应的小图</translation>
    </message>
    <message>
        <source>You can go on while the pictures are looked at.</source>
        <translation>查看图片期间您可以继续。</translation>
    </message>
    <message>
        <source>“{}” is being trained; this one waits for its end.</source>
        <translation>正在训练“{}”；此训练等它结束。</translation>
    </message>
</context>
<context>
    <name>TrainingPart</name>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>Make a model for your own pictures</source>
        <translation>为您自己的图片制作模型</translation>
    </message>
    <message>
        <source>PSNR {} dB on the held-out pictures</source>
        <translation>留出图片上的 PSNR 为 {} dB</translation>
    </message>
    <message>
        <source>The model “{}” is trained.</source>
        <translation>模型“{}”已训练完成。</translation>
    </message>
    <message>
        <source>The page “Train” shows it.</source>
        <translation>请看“训练”页面。</translation>
    </message>
    <message>
        <source>The training of “{}” failed.</source>
        <translation>“{}”的训练失败。</translation>
    </message>
    <message>
        <source>The training of “{}” goes on in the background.</source>
        <translation>“{}”的训练正在后台进行。</translation>
    </message>
    <message>
        <source>The training of “{}” was not finished.</source>
        <translation>“{}”的训练没有完成。</translation>
    </message>
    <message>
        <source>Training of “{}”</source>
        <translation>“{}”的训练</translation>
    </message>
</context>
<context>
    <name>TrainingQuestions</name>
    <message>
        <source>A new run begins with the same pictures and these differences; this one stays:</source>
        <translation>将用相同的图片和以下改动开始新的训练，本次训练保留：</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Discard the training of “{}”?</source>
        <translation>丢弃“{}”的训练？</translation>
    </message>
    <message>
        <source>Everything it has learned is removed, and can&apos;t be brought back. Your pictures stay.</source>
        <translation>它学到的一切都会被删除，且无法恢复。您的图片会保留。</translation>
    </message>
    <message>
        <source>Go On in the Background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>It can go on without the window; it is found again when the program is opened the next time.</source>
        <translation>关闭窗口后它可以继续；下次打开程序时会再次找到它。</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>This run ends and is removed; a new one begins with the same pictures and these differences:</source>
        <translation>此训练结束并删除；新的训练使用同样的图片，有以下不同：</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>“{}” is still being trained.</source>
        <translation>仍在训练“{}”。</translation>
    </message>
</context>
<context>
    <name>TrainingWords</name>
    <message>
        <source>Add Pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Averaging</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Check the Folders…</source>
        <translation>检查文件夹…</translation>
    </message>
    <message>
        <source>Choose Other Pictures…</source>
        <translation>选择其他图片…</translation>
    </message>
    <message>
        <source>Degradation</source>
        <translation>退化</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Gradient limit</source>
        <translation>梯度上限</translation>
    </message>
    <message>
        <source>Held-out share</source>
        <translation>留出比例</translation>
    </message>
    <message>
        <source>Initialization</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>Its deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Leave Out These Files</source>
        <translation>排除这些文件</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>模型文件</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>Restart from the Best Weights…</source>
        <translation>从最佳权重重新开始…</translation>
    </message>
    <message>
        <source>Restart with He Initialization…</source>
        <translation>用 He 初始化重新开始…</translation>
    </message>
    <message>
        <source>Restart with Ten Times the Rate…</source>
        <translation>用十倍学习率重新开始…</translation>
    </message>
    <message>
        <source>Restart with a Tenth of the Rate…</source>
        <translation>用十分之一的学习率重新开始…</translation>
    </message>
    <message>
        <source>Restart without These Files…</source>
        <translation>不用这些文件重新开始…</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Small network</source>
        <translation>小网络</translation>
    </message>
    <message>
        <source>Small pictures</source>
        <translation>小图</translation>
    </message>
    <message>
        <source>Smaller copies</source>
        <translation>缩小副本</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>Training width</source>
        <translation>训练宽度</translation>
    </message>
    <message>
        <source>Use He Initialization</source>
        <translation>使用 He 初始化</translation>
    </message>
    <message>
        <source>Use Ten Times the Rate</source>
        <translation>使用十倍学习率</translation>
    </message>
    <message>
        <source>Use a Tenth of the Rate</source>
        <translation>使用十分之一的学习率</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>正在等候</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>chosen by the program</source>
        <translation>由程序选择</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>nothing: from scratch</source>
        <translation>无：从零开始</translation>
    </message>
    <message>
        <source>the best weights so far</source>
        <translation>目前的最佳权重</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} 以及另外 {} 个</translation>
    </message>
    <message>
        <source>{} dB</source>
        <translation>{} dB</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{} 分钟</translation>
    </message>
    <message>
        <source>{} steps</source>
        <translation>{} 步</translation>
    </message>
</context>
<context>
    <name>Trial</name>
    <message>
        <source>The pictures can&apos;t be prepared: {}.</source>
        <translation>无法准备图片：{}。</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>32 bit float</source>
        <translation>32 位浮点</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Upscaling</source>
        <translation>正在放大</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等候中</translation>
    </message>
    <message>
        <source>about a second left</source>
        <translation>约剩 1 秒</translation>
    </message>
    <message>
        <source>about {} left</source>
        <translation>约剩 {}</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>双三次插值</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>with transparency</source>
        <translation>含透明度</translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{}%</translation>
    </message>
    <message>
        <source>{} bit</source>
        <translation>{} 位</translation>
    </message>
    <message>
        <source>{} h {} min</source>
        <translation>{} 小时 {} 分</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{} 分钟</translation>
    </message>
    <message>
        <source>{} min {} s</source>
        <translation>{} 分 {} 秒</translation>
    </message>
    <message>
        <source>{} on {}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} 秒</translation>
    </message>
    <message>
        <source>{}, {} passes</source>
        <translation>{}，{} 遍</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message numerus="yes">
        <source>The first {} pictures are open, %Ln more are not.</source>
        <translation>
            <numerusform>已打开前 {} 张图片，另有 %Ln 张未打开。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no pictures in it.</source>
        <translation>其中没有图片。</translation>
    </message>
</context>
<context>
    <name>_Unfinished</name>
    <message>
        <source>Convert what is left; what is done is skipped</source>
        <translation>转换剩余的文件；已完成的跳过</translation>
    </message>
    <message>
        <source>Don&apos;t Offer It Again</source>
        <translation>不再提供</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
</context>
</TS>
